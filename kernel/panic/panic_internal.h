/* panic_internal.h - what the files of this folder share. */
#ifndef FIRSTLIGHT_KERNEL_PANIC_PANIC_INTERNAL_H
#define FIRSTLIGHT_KERNEL_PANIC_PANIC_INTERNAL_H

#include "kernel/cpu/interrupt_frame.h"

/* Between panic_entry.asm and panic.c. */
extern struct interrupt_frame panic_registers;
void panic_caller(const char *file, int line, const char *function, const char *fmt, ...)
    __attribute__((noreturn, cold, format(printf, 4, 5)));

/* Prints all registers, eight rows of three. */
void panic_dump(const struct interrupt_frame *frame);

/*
 * One line, the text and a number, on the screen's last row and COM1 without
 * any state of the console: for a fault inside the report.
 */
void panic_last_words(const char *text, uint64_t number);

#endif
