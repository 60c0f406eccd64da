/*
 * panic_dump.c - reports the registers, the code around RIP and the page tables of an address.
 */
#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/debug/print_machine.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/panic/internal/panic_case.h"
#include "layout.h"
#include "lib/cpu.h"

#define REGISTERS_PER_ROW 3
#define CODE_BEFORE 8
#define CODE_BYTES 24

struct named_value {
    const char *name;
    uint64_t value;
};

static void print_rows(const struct named_value *registers, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        bool row_ends = i % REGISTERS_PER_ROW == REGISTERS_PER_ROW - 1 || i == count - 1;

        printk("%-6s %016lx%s", registers[i].name, registers[i].value, row_ends ? "\n" : "  ");
    }
}

void panic_print_registers(const struct interrupt_frame *frame)
{
    const struct named_value registers[] = {
        {"RIP", frame->rip}, {"RSP", frame->rsp}, {"RFLAGS", frame->rflags}, {"RAX", frame->rax},
        {"RBX", frame->rbx}, {"RCX", frame->rcx}, {"RDX", frame->rdx},       {"RSI", frame->rsi},
        {"RDI", frame->rdi}, {"RBP", frame->rbp}, {"R8", frame->r8},         {"R9", frame->r9},
        {"R10", frame->r10}, {"R11", frame->r11}, {"R12", frame->r12},       {"R13", frame->r13},
        {"R14", frame->r14}, {"R15", frame->r15}, {"CR0", read_cr0()},       {"CR2", read_cr2()},
        {"CR3", read_cr3()},
    };

    print_rows(registers, sizeof registers / sizeof registers[0]);
}

/* "Code   89 e5 [8b] 07": the bytes around RIP; the one in brackets is at RIP. */
void panic_print_code(const struct interrupt_frame *frame)
{
    uint64_t start = frame->rip - CODE_BEFORE;

    printk("Code  ");
    for (uint64_t address = start; address != start + CODE_BYTES; address++) {
        uint8_t byte;

        if (!safe_read_byte(address, &byte))
            printk(address == frame->rip ? " [??]" : " ??");
        else
            printk(address == frame->rip ? " [%02x]" : " %02x", byte);
    }
    printk("\n");
}

static void print_error_code(const struct interrupt_frame *frame)
{
    uint64_t code = frame->error_code;
    char names[REGISTER_BITS_TEXT];

    if (frame->vector == VECTOR_PAGE_FAULT)
        printk("Error code 0x%lx: %s\n", code,
               register_bits_names(names, sizeof names, BITS_OF_PAGE_FAULT, code));
    else if (code != 0)
        printk("Error code 0x%lx: %s 0x%lx, bits: %s\n", code, code & 2 ? "vector" : "selector",
               code & 2 ? code >> 3 : code & 0xfff8,
               register_bits_names(names, sizeof names, BITS_OF_SELECTOR_ERROR, code));
}

static void print_selectors(const struct interrupt_frame *frame)
{
    struct segment_selectors s = read_segments();
    struct table_register gdtr = read_gdtr(), idtr = read_idtr();

    printk("CS %04lx  SS %04lx  DS %04x  ES %04x  FS %04x  GS %04x  TR %04x\n", frame->cs,
           frame->ss, s.ds, s.es, s.fs, s.gs, read_tr());
    printk("GDTR   %016lx  limit %04x    IDTR   %016lx  limit %04x\n", gdtr.base, gdtr.limit,
           idtr.base, idtr.limit);
}

/* Which stack failed, and which one the report was made on. */
static void print_stacks(const struct interrupt_frame *frame)
{
    const struct stack *failed = stack_find(frame->rsp);
    const struct stack *guarded = stack_find_guard(frame->rsp);
    const struct stack *now = stack_find((uint64_t)__builtin_frame_address(0));

    if (failed != NULL)
        printk("RSP is in %s: %lu of %lu bytes are used.", failed->name, failed->top - frame->rsp,
               failed->top - failed->bottom);
    else if (guarded != NULL)
        printk("RSP is in the guard page below %s.", guarded->name);
    else
        printk("RSP is not in any of the kernel's stacks.");
    printk(" This report is made on %s.\n", now != NULL ? now->name : "an unknown stack");
}

/* The details that only COM1 gets. */
void panic_print_details(const struct panic_case *c)
{
    if (c->is_exception)
        print_error_code(c->frame);
    print_register("RFLAGS", BITS_OF_RFLAGS, c->frame->rflags);
    print_register("CR0", BITS_OF_CR0, read_cr0());
    print_register("CR4", BITS_OF_CR4, read_cr4());
    print_register("EFER", BITS_OF_EFER, read_msr(MSR_EFER));
    if (c->is_exception && c->frame->vector == VECTOR_MACHINE_CHECK)
        panic_print_machine_check();
    print_selectors(c->frame);
    print_stacks(c->frame);
    if (c->has_address) {
        printk("Page walk of 0x%lx:\n", c->address);
        print_page_walk(c->address);
    }
}
