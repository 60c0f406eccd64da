/* exceptions.h - between the IDT, the stubs in assembly and the handler. */
#ifndef FIRSTLIGHT_KERNEL_CPU_EXCEPTIONS_H
#define FIRSTLIGHT_KERNEL_CPU_EXCEPTIONS_H

#include "kernel/cpu/interrupt_frame.h"
#include "layout.h"

/* Where the gates lead to (exception_stubs.asm). */
extern void (*const exception_stubs[EXCEPTIONS])(void);

/* Where the stubs lead to. */
void exception_handler(const struct interrupt_frame *frame) __attribute__((noreturn));

#endif
