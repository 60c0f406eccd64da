/*
 * faults.c - a CPU exception inside the loader, told with its registers.
 *
 * descriptors.asm brings every exception here.  There is no way on from a
 * fault in the loader: it is a defect, and the report is what it leaves.
 */
#include "stage2/error.h"

#include <stdint.h>

#include "lib/cpu.h"
#include "lib/format.h"
#include "stage2/console.h"

/* What the stub left on the stack, lowest address first (descriptors.asm). */
struct fault_frame {
    uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax; /* PUSHAD */
    uint32_t vector, code;
    uint32_t eip, cs, eflags;                        /* the CPU's own */
};

void fault_report(const struct fault_frame *frame) __attribute__((noreturn));

static const char *const names[] = {
#define EXCEPTION(vector, mnemonic, name) [vector] = mnemonic " " name,
#include "exceptions.def"
#undef EXCEPTION
};

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
        print("System halted. Reset the machine to try again.\n");
    } else if (depth == 2) {
        print("\nStage 2: another exception while reporting one. System halted.\n");
    }
    for (;;)
        cpu_halt();
}
