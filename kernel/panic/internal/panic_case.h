/* panic_case.h - what the files of this folder share. */
#ifndef FIRSTLIGHT_KERNEL_PANIC_INTERNAL_PANIC_CASE_H
#define FIRSTLIGHT_KERNEL_PANIC_INTERNAL_PANIC_CASE_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/debug/backtrace.h"
#include "kernel/interrupts/interrupt_frame.h"

#define HINT_MAX 160 /* two rows */

/* One panic: what is known when the report begins. */
struct panic_case {
    const char *message;
    const struct interrupt_frame *frame;
    bool is_exception; /* if not, the frame is that of a call of panic() ... */
    const char *file;  /* ... and these say where; NULL for exceptions */
    int line;
    const char *function;
    bool has_address; /* the address of the failed memory access is known */
    uint64_t address;
    char hint[HINT_MAX]; /* "" if there is none */
    struct backtrace trace;
};

/* Shared by panic_entry.asm and panic.c. */
extern struct interrupt_frame panic_registers;
void panic_caller(const char *file, int line, const char *function, const char *fmt, ...)
    __attribute__((noreturn, cold, format(printf, 4, 5)));

/* The report after the message, on screen and COM1 (panic_report.c). */
void panic_report(struct panic_case *c);

/* Its parts: place and calls (panic_calls.c), */
void panic_trace(struct panic_case *c);
void panic_print_calls(const struct panic_case *c);

/* what the machine looked like (panic_dump.c), */
void panic_print_registers(const struct interrupt_frame *frame);
void panic_print_code(const struct interrupt_frame *frame);
void panic_print_details(const struct panic_case *c);

/* what the CPU's error banks hold (panic_machine_check.c), */
void panic_print_machine_check(void);

/* and one line for programs (panic_json.c). */
void panic_print_json(const struct panic_case *c);

/*
 * Prints to the screen's last rows and to COM1 without using any state of the
 * console: for a fault inside the report.  `unprinted` is the first panic's
 * message if it has not been printed yet, else NULL; `what` and `rip` describe
 * the second one.
 */
void panic_last_words(const char *unprinted, const char *what, uint64_t rip);

/* Halts forever; the test image exits from QEMU instead (kernel/test/panic_exit.c). */
void panic_halt(void) __attribute__((noreturn));

#endif
