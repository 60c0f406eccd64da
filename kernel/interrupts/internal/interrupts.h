/*
 * interrupts.h - the handlers of interrupt vectors.
 *
 * A vector without a handler ends in a panic that names it: the CPU's 32
 * exceptions with all that is known about them (exceptions.h), the others as
 * unexpected.  Nothing is ignored.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_INTERRUPTS_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_INTERRUPTS_H

#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h"

/*
 * Called with interrupts disabled, on the interrupted code's stack (#DF, NMI
 * and #MC: on their own).  When it returns, the interrupted code continues with
 * the registers in `frame`, including any changes.
 */
typedef void interrupt_handler(struct interrupt_frame *frame);

/* Registers `handler` for `vector`, which must not have one yet. */
void interrupt_register(uint8_t vector, interrupt_handler *handler);

/* Called by the stubs (interrupt_stubs.asm). */
void interrupt_dispatch(struct interrupt_frame *frame);

#endif
