/*
 * interrupts.c - from a vector to its handler.
 *
 * The stubs call interrupt_dispatch() with the registers of the interrupted
 * code.  Device drivers register their vectors here; exceptions go to
 * exceptions.c.  Intel SDM 3A, 6.3 and 6.12.
 */
#include "kernel/interrupts/internal/interrupts.h"

#include <stddef.h>

#include "kernel/interrupts/exceptions.h"
#include "kernel/panic/panic.h"
#include "layout.h"

#define STACK_ALIGNMENT 16 /* System V ABI, 3.2.2: C code relies on it */

static interrupt_handler *handlers[VECTORS];

void interrupt_register(uint8_t vector, interrupt_handler *handler)
{
    if (handlers[vector] != NULL)
        panic("interrupts: vector %u already has a handler", vector);
    handlers[vector] = handler;
}

void interrupt_dispatch(struct interrupt_frame *frame)
{
    KASSERT((uint64_t)frame % STACK_ALIGNMENT == 0);
    KASSERT(frame->vector < VECTORS);

    if (handlers[frame->vector] != NULL)
        handlers[frame->vector](frame);
    else if (frame->vector < EXCEPTIONS)
        exception_handle(frame);
    else
        panic_frame(frame, "unexpected interrupt: vector %lu (0x%lx) has no handler", frame->vector,
                    frame->vector);
}
