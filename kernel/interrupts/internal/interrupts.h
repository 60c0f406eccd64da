/*
 * interrupts.h - who answers which interrupt.
 *
 * A vector without a handler is reported by a panic that names it: the CPU's
 * 32 exceptions with all that is known of them (exceptions.h), the others as
 * unexpected.  Nothing is swallowed.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_INTERRUPTS_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_INTERRUPTS_H

#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h"

/*
 * Called with interrupts disabled, on the interrupted code's stack (#DF, NMI
 * and #MC: on their own).  When it returns, the interrupted code goes on with
 * the registers that `frame` holds then.
 */
typedef void interrupt_handler(struct interrupt_frame *frame);

/* From now on `handler` answers `vector`, which must not have one yet. */
void interrupt_register(uint8_t vector, interrupt_handler *handler);

/* Where the stubs lead to (interrupt_stubs.asm). */
void interrupt_dispatch(struct interrupt_frame *frame);

#endif
