/*
 * panic.h - stops the kernel with a report.
 *
 * For broken invariants, never for bad input.  A fault or a panic inside the
 * report leads to one last line; after that the machine stops silently.
 */
#ifndef FIRSTLIGHT_KERNEL_PANIC_PANIC_H
#define FIRSTLIGHT_KERNEL_PANIC_PANIC_H

#include "kernel/interrupts/interrupt_frame.h"

#define panic(...) panic_at(__FILE__, __LINE__, __func__, __VA_ARGS__)

#define KASSERT(condition) ((condition) ? (void)0 : panic("assertion failed: %s", #condition))

/*
 * Stops and reports the caller's registers (panic_entry.asm).  Those that carry
 * the arguments, RDI RSI RDX RCX R8 R9 and RAX, have already been overwritten
 * with them.
 */
void panic_at(const char *file, int line, const char *function, const char *fmt, ...)
    __attribute__((noreturn, cold, format(printf, 4, 5)));

/*
 * From now on reports follow the calls through interrupts as well: their handlers return to
 * `handler_return`, where a struct interrupt_frame is on the stack.
 */
void panic_trace_interrupts(uint64_t handler_return);

/* Stops and reports the registers of the interrupted code. */
void panic_frame(const struct interrupt_frame *frame, const char *fmt, ...)
    __attribute__((noreturn, cold, format(printf, 2, 3)));

#endif
