/*
 * panic.c - where every panic begins, and which makes sure that it ends.
 *
 * Reached by panic_at (panic_entry.asm) and panic_frame; never returns.  The
 * report (panic_report.c) may fail, because it may need the very thing that is
 * broken: a second panic is reported by the simplest means, a third one not at
 * all.
 */
#include "kernel/panic/panic.h"

#include <stdarg.h>

#include "kernel/console/console.h"
#include "kernel/interrupts/exceptions.h"
#include "kernel/interrupts/nmi.h"
#include "kernel/panic/internal/panic_case.h"
#include "lib/cpu.h"
#include "lib/format.h"

#define MESSAGE_MAX 220 /* three rows, including what is printed before it */

struct interrupt_frame panic_registers;

static unsigned depth;
static const char *unprinted; /* the first panic's message, unformatted, until it is printed */
static char message[MESSAGE_MAX + 1];
static struct panic_case the_case;

/* Lets the first panic through; a second one prints the last words, a third one halts. */
static void begin(const struct interrupt_frame *frame, const char *fmt, bool is_exception)
{
    depth++;
    cpu_disable_interrupts();
    nmi_mask();
    if (depth == 1) {
        unprinted = fmt;
        return;
    }
    if (depth == 2)
        panic_last_words(unprinted,
                         is_exception ? exception_mnemonic(frame->vector) : "another panic",
                         frame->rip);
    panic_halt();
}

/* First of all, because the report reads things that may be broken. */
static void print_message(void)
{
    if (!console_started())
        console_start(NULL);
    console_to_screen(true);
    console_without_status();
    console_style(CONSOLE_PLAIN);
    printk("\n"); /* keeps the row that was being written */
    console_style(CONSOLE_ALARM);
    printk("KERNEL PANIC: %s\n", message);
    unprinted = NULL;
}

static void __attribute__((noreturn)) report(const char *fmt, va_list args)
{
    format_string_v(message, sizeof message, fmt, args);
    the_case.message = message;
    print_message();
    panic_report(&the_case);
    panic_halt();
}

void panic_caller(const char *file, int line, const char *function, const char *fmt, ...)
{
    va_list args;

    begin(&panic_registers, fmt, false);
    the_case.frame = &panic_registers;
    the_case.file = file;
    the_case.line = line;
    the_case.function = function;
    va_start(args, fmt);
    report(fmt, args);
}

void panic_frame(const struct interrupt_frame *frame, const char *fmt, ...)
{
    va_list args;

    begin(frame, fmt, true);
    the_case.frame = frame;
    the_case.is_exception = true;
    va_start(args, fmt);
    report(fmt, args);
}
