/* exceptions.h - the CPU's 32 exceptions. */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_EXCEPTIONS_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_EXCEPTIONS_H

#include "kernel/interrupts/interrupt_frame.h"

/*
 * Handles an exception without a registered handler.  Returns after a
 * breakpoint and after a fault that fixup.h expects; every other exception ends
 * in a panic.
 */
void exception_handle(struct interrupt_frame *frame);

/* "#PF": the manuals' short name of an exception; "an interrupt" for any other vector. */
const char *exception_mnemonic(uint64_t vector);

/* "page fault". */
const char *exception_name(uint64_t vector);

#endif
