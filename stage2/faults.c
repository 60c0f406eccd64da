/*
 * faults.c - reports a CPU exception inside the loader, with its registers and functions.
 *
 * fault_stubs.asm passes every exception to this file.  The loader cannot
 * recover from a fault: it is a bug, and only this report shows it.
 */
#include "stage2/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"
#include "lib/cpu.h"
#include "lib/format.h"
#include "lib/symbols.h"
#include "stage2/console.h"

#define CALLS_MAX 6 /* they fit into two rows */

/* The table of stage 2's own functions, from the linker script. */
extern const struct symbol_table symbols_start[];
extern const uint8_t symbols_end[];

/* What the stub left on the stack, lowest address first (fault_stubs.asm). */
struct fault_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* PUSHAD */
    uint32_t vector, code;
    uint32_t eip, cs, eflags; /* the CPU's own */
};

void fault_report(const struct fault_frame *frame) __attribute__((noreturn));

static const char *const names[] = {
#define EXCEPTION(vector, id, mnemonic, name) [vector] = mnemonic " " name,
#include "exceptions.def"
#undef EXCEPTION
};

static void print_place(bool found, const struct symbol_place *place, uint32_t address)
{
    if (found)
        print("%s+0x%x", place->function, (uint32_t)place->offset);
    else
        print("%08x", address);
}

/* Frame pointers are followed as long as they increase within the loader's stack. */
static void print_calls(uint32_t ebp)
{
    const uint32_t *frame = (const uint32_t *)ebp;
    struct symbol_place place;
    uint32_t last = STACK_BOTTOM;

    for (unsigned i = 0; i < CALLS_MAX && ebp > last && ebp <= STACK_TOP - 8 && ebp % 4 == 0; i++) {
        print(", called by ");
        print_place(symbols_find_call(symbols_start, frame[1], &place), &place, frame[1]);
        last = ebp;
        ebp = frame[0];
        frame = (const uint32_t *)ebp;
    }
}

/* "  in disk_read+0x1c, called by kernel_load+0x80, ..." */
static void print_functions(const struct fault_frame *f)
{
    struct symbol_place place;

    if (!symbols_valid(symbols_start, (size_t)(symbols_end - (const uint8_t *)symbols_start)))
        return;
    print("  in ");
    print_place(symbols_find(symbols_start, f->eip, &place), &place, f->eip);
    print_calls(f->ebp);
    print("\n");
}

void fault_report(const struct fault_frame *f)
{
    static int depth;
    char line[120];

    if (depth++ == 0) {
        format_string(line, sizeof line, "%s (vector %u), error code 0x%x at EIP %08x",
                      names[f->vector], f->vector, f->code, f->eip);
        error_print(ERROR_FAULT, line);
        print("  EAX %08x EBX %08x ECX %08x EDX %08x\n", f->eax, f->ebx, f->ecx, f->edx);
        print("  ESI %08x EDI %08x EBP %08x ESP %08x\n", f->esi, f->edi, f->ebp,
              f->esp + 20); /* before the CPU's and the stub's five words */
        print("  CS %04x EFLAGS %08x CR0 %08lx CR2 %08lx\n", f->cs, f->eflags, read_cr0(),
              read_cr2());
        print_functions(f);
        print("System halted. Reset the machine to try again.\n");
    } else if (depth == 2) {
        print("\nStage 2: another exception while reporting one. System halted.\n");
    }
    for (;;)
        cpu_halt();
}
