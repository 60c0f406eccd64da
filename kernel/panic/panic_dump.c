/*
 * panic_dump.c - the registers, three to a row: 24 of them in eight rows.
 */
#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/panic/panic_internal.h"
#include "lib/cpu.h"

#define REGISTERS_PER_ROW 3

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

void panic_dump(const struct interrupt_frame *frame)
{
    const struct named_value registers[] = {
        {"RIP", frame->rip}, {"RSP", frame->rsp}, {"RFLAGS", frame->rflags},
        {"RAX", frame->rax}, {"RBX", frame->rbx}, {"RCX", frame->rcx},
        {"RDX", frame->rdx}, {"RSI", frame->rsi}, {"RDI", frame->rdi},
        {"RBP", frame->rbp}, {"R8", frame->r8},   {"R9", frame->r9},
        {"R10", frame->r10}, {"R11", frame->r11}, {"R12", frame->r12},
        {"R13", frame->r13}, {"R14", frame->r14}, {"R15", frame->r15},
        {"CR0", read_cr0()}, {"CR2", read_cr2()}, {"CR3", read_cr3()},
        {"CR4", read_cr4()}, {"EFER", read_msr(MSR_EFER)}, {"CS", frame->cs},
    };

    print_rows(registers, sizeof registers / sizeof registers[0]);
}
