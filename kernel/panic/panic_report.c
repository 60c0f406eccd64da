/*
 * panic_report.c - the report, part by part; docs/panic.md explains how to read it.
 *
 * The screen gets what matters most, at most 24 rows, so that its first row is
 * still visible at the end; COM1 gets everything, in the same order.
 */
#include "kernel/boot/boot_times.h"
#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/debug/kernel_symbols.h"
#include "kernel/debug/operand.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/panic/internal/panic_case.h"
#include "kernel/panic/internal/panic_hint.h"
#include "kernel/panic/panic.h"
#include "lib/port.h"

#define SYSTEM_CONTROL_PORT_B 0x61

/* Reads as much of the instruction as possible; returns the number of bytes. */
static size_t read_instruction(uint64_t rip, uint8_t code[INSTRUCTION_MAX])
{
    size_t length = 0;

    while (length < INSTRUCTION_MAX && safe_read_byte(rip + length, &code[length]))
        length++;
    return length;
}

/* For #PF it is in CR2; for #GP and #SS it follows from the instruction and its registers. */
static void find_address(struct panic_case *c)
{
    const struct interrupt_frame *f = c->frame;
    uint8_t code[INSTRUCTION_MAX];

    if (!c->is_exception)
        return;
    if (f->vector == VECTOR_PAGE_FAULT) {
        c->has_address = true;
        c->address = read_cr2();
    } else if (f->vector == VECTOR_GENERAL_PROTECTION || f->vector == VECTOR_STACK_FAULT) {
        c->has_address = f->error_code == 0 &&
                         operand_address(code, read_instruction(f->rip, code), f, &c->address);
    } else if (f->vector == VECTOR_DOUBLE_FAULT) {
        c->has_address = true; /* where the CPU would have pushed the first exception's frame */
        c->address = stack_find_guard(read_cr2()) != NULL ? read_cr2() : f->rsp - 8;
    }
}

static void find_hint(struct panic_case *c)
{
    uint8_t code[INSTRUCTION_MAX];
    struct hint_facts facts = {
        .vector = c->is_exception ? c->frame->vector : HINT_NO_VECTOR,
        .error_code = c->frame->error_code,
        .rbp = c->frame->rbp,
        .system_status = inb(SYSTEM_CONTROL_PORT_B),
        .rbp_in_stack = stack_find(c->frame->rbp) != NULL,
        .has_address = c->has_address,
        .address = c->address,
        .part = c->has_address ? kernel_part_of(c->address) : IMAGE_NONE,
        .rip_part = kernel_part_of(c->frame->rip),
    };
    const struct stack *guarded = c->has_address ? stack_find_guard(c->address) : NULL;
    size_t bytes = read_instruction(c->frame->rip, code);

    facts.guarded_stack = guarded ? guarded->name : NULL;
    facts.is_ud2 = bytes >= 2 && code[0] == 0x0f && code[1] == 0x0b;
    panic_hint(c->hint, sizeof c->hint, &facts);
}

void panic_report(struct panic_case *c)
{
    find_address(c);
    find_hint(c);
    panic_trace(c);

    if (c->hint[0] != '\0')
        printk("Hint: %s.\n", c->hint);
    panic_print_calls(c);
    panic_print_registers(c->frame);
    panic_print_code(c->frame);
    console_to_screen(false);
    panic_print_details(c);
    console_to_screen(true);
    boot_times_print_passed();
    console_to_screen(false);
    panic_print_json(c);
    console_to_screen(true);
    printk("System halted. Reset the machine to start again.\n");
}
