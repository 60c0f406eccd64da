/*
 * exceptions.c - handles an exception: by recovery, a line on the console, or a panic.
 *
 * Called by interrupts.c, with interrupts disabled, on the stack of the code
 * that failed.  What each exception means: Intel SDM 3A, 6.15.
 */
#include "kernel/interrupts/exceptions.h"

#include <stdbool.h>

#include "kernel/console/console.h"
#include "kernel/debug/kernel_symbols.h"
#include "kernel/interrupts/internal/fixup.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/panic/panic.h"
#include "layout.h"
#include "lib/cpu.h"

static const char *page_fault_access(uint64_t error_code)
{
    if (error_code & PF_FETCH)
        return "execution";
    return error_code & PF_WRITE ? "write" : "read";
}

static const char *page_fault_cause(uint64_t error_code)
{
    if (error_code & PF_RESERVED)
        return "reserved bit set in a page table";
    return error_code & PF_PRESENT ? "not permitted" : "page not present";
}

static bool has_error_code(uint64_t vector)
{
    return EXCEPTIONS_WITH_CODE >> vector & 1;
}

static void report_and_halt(const struct interrupt_frame *frame)
{
    const char *mnemonic = exception_mnemonic(frame->vector), *name = exception_name(frame->vector);
    uint64_t error_code = frame->error_code;

    if (frame->vector == VECTOR_PAGE_FAULT)
        panic_frame(frame, "%s %s, error code 0x%lx: %s at 0x%lx, %s", mnemonic, name, error_code,
                    page_fault_access(error_code), read_cr2(), page_fault_cause(error_code));
    if (has_error_code(frame->vector))
        panic_frame(frame, "%s %s, error code 0x%lx", mnemonic, name, error_code);
    panic_frame(frame, "%s %s", mnemonic, name);
}

/* The CPU saved the address after INT3, so the code simply continues. */
static void report_breakpoint(const struct interrupt_frame *frame)
{
    struct symbol_place place;

    printk("#BP breakpoint at 0x%lx", frame->rip - 1);
    if (kernel_symbols_find(frame->rip - 1, false, &place) && place.file != NULL)
        printk(", %s:%u, in %s", place.file, place.line, place.function);
    printk(": execution continues.\n");
}

void exception_handle(struct interrupt_frame *frame)
{
    if (fixup_apply(frame))
        return;
    if (frame->vector == VECTOR_BREAKPOINT)
        report_breakpoint(frame);
    else
        report_and_halt(frame);
}
