/*
 * panic.c - says what went wrong, shows the machine's state and halts.
 *
 * Reached by panic_at (panic_entry.asm) and panic_frame; never returns.  At most
 * 16 rows of 80 columns, so that nothing scrolls off a screen of 25.
 */
#include "kernel/panic/panic.h"

#include <stdarg.h>
#include <stdbool.h>

#include "kernel/console/console.h"
#include "kernel/panic/panic_internal.h"
#include "kernel/time/boot_times.h"
#include "lib/cpu.h"
#include "lib/format.h"

#define MESSAGE_MAX 220 /* three rows together with what is printed before it */

struct panic_message {
    char text[MESSAGE_MAX + 1];
    size_t length;
};

struct interrupt_frame panic_registers;

static unsigned depth;

static void __attribute__((noreturn)) halt(void)
{
    for (;;)
        cpu_halt();
}

/* Lets the first panic through; the second gets one line, the third nothing. */
static void begin(const struct interrupt_frame *frame)
{
    depth++;
    cpu_disable_interrupts();
    if (depth == 1)
        return;
    if (depth == 2)
        panic_last_words("Failed while reporting a panic. System halted. RIP ", frame->rip);
    halt();
}

static void message_add(void *context, const char *text, size_t length)
{
    struct panic_message *message = context;

    for (size_t i = 0; i < length && message->length < MESSAGE_MAX; i++)
        message->text[message->length++] = text[i];
}

__attribute__((format(printf, 2, 0))) static void message_format(struct panic_message *message,
                                                                 const char *fmt, va_list args)
{
    message->length = 0;
    format(message_add, message, fmt, args);
    message->text[message->length] = '\0';
}

static void print_message(const struct panic_message *message)
{
    if (!console_started())
        console_start(NULL);
    console_style(CONSOLE_PLAIN);
    printk("\n"); /* the row that was being written stays as it is */
    console_style(CONSOLE_ALARM);
    printk("KERNEL PANIC: %s\n", message->text);
}

static void __attribute__((noreturn)) print_state_and_halt(const struct interrupt_frame *frame)
{
    panic_dump(frame);
    boot_times_print_passed();
    printk("System halted. Reset the machine to start again.\n");
    halt();
}

void panic_caller(const char *file, int line, const char *function, const char *fmt, ...)
{
    struct panic_message message;
    va_list args;

    begin(&panic_registers);
    va_start(args, fmt);
    message_format(&message, fmt, args);
    va_end(args);
    print_message(&message);
    printk("at %s:%d, in %s\n", file, line, function);
    print_state_and_halt(&panic_registers);
}

void panic_frame(const struct interrupt_frame *frame, const char *fmt, ...)
{
    struct panic_message message;
    va_list args;

    begin(frame);
    va_start(args, fmt);
    message_format(&message, fmt, args);
    va_end(args);
    print_message(&message);
    print_state_and_halt(frame);
}
