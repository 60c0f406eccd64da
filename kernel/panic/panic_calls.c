/*
 * panic_calls.c - reports where it happened, and which calls led there.
 */
#include "kernel/console/console.h"
#include "kernel/cpu/stacks.h"
#include "kernel/debug/kernel_symbols.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/panic/internal/panic_case.h"
#include "kernel/panic/panic.h"

#define SCREEN_CALLS 6 /* screen rows that calls may take; COM1 gets all of them */

static uint64_t interrupt_return; /* 0, which is not a return address, until it is known */

static bool is_stack(uint64_t address)
{
    return stack_find(address) != NULL;
}

static bool is_code(uint64_t address)
{
    return kernel_part_of(address) == IMAGE_CODE;
}

void panic_trace_interrupts(uint64_t handler_return)
{
    interrupt_return = handler_return;
}

void panic_trace(struct panic_case *c)
{
    const struct backtrace_machine machine = {
        .read = safe_read_u64,
        .is_stack = is_stack,
        .is_code = is_code,
        .interrupt_return = interrupt_return,
    };

    backtrace_walk(&c->trace, &machine, c->frame->rip, c->frame->rsp, c->frame->rbp);
    if (!c->is_exception) /* panic() would have returned to this RIP */
        c->trace.entries[0].kind = BACKTRACE_CALL;
}

static void print_entry(const char *how, const struct backtrace_entry *entry)
{
    struct symbol_place place;

    if (!kernel_symbols_find(entry->address, entry->kind == BACKTRACE_CALL, &place))
        printk("%s 0x%lx, which is not in the kernel's code", how, entry->address);
    else if (place.file == NULL)
        printk("%s %s+0x%lx", how, place.function, place.offset);
    else
        printk("%s %s:%u, in %s+0x%lx", how, place.file, place.line, place.function, place.offset);
    if (entry->times > 1)
        printk(", %u times", entry->times);
    printk("\n");
}

static void print_place(const struct panic_case *c)
{
    if (c->file != NULL)
        printk("at %s:%d, in %s\n", c->file, c->line, c->function);
    else
        print_entry("at", &c->trace.entries[0]);
}

void panic_print_calls(const struct panic_case *c)
{
    print_place(c);
    for (unsigned i = 1; i < c->trace.count; i++) {
        const struct backtrace_entry *entry = &c->trace.entries[i];

        console_to_screen(i < SCREEN_CALLS);
        print_entry(entry->kind == BACKTRACE_INTERRUPTED ? "interrupted at" : "called from", entry);
    }
    if (c->trace.end != BACKTRACE_COMPLETE)
        printk("The backtrace ends here: %s (0x%lx).\n", backtrace_end_text(c->trace.end),
               c->trace.end_value);
    console_to_screen(true);
}
