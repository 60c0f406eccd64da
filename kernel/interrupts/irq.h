/*
 * irq.h - the devices' interrupt lines.
 *
 * A line is masked until a driver registers for it.  Every interrupt is
 * counted, even one that no driver registered for.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_IRQ_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_IRQ_H

#include <stdbool.h>
#include <stdint.h>

#define IRQ_VECTOR 0x20 /* line 0; the 15 others follow */
#define IRQ_LINES 16

/* As IBM wired them in the PC/AT. */
#define IRQ_TIMER 0
#define IRQ_KEYBOARD 1
#define IRQ_COM1 4

/* Called with interrupts disabled; must not wait or take long.  It may log, at 87 us a byte. */
typedef void irq_handler(void);

struct irq_line {
    const char *name; /* of the driver; NULL if there is none */
    irq_handler *handler;
    uint64_t count;
    uint64_t spurious; /* lines 7 and 15: raised by the PIC, but by no device */
};

/* Sets up the PICs with all lines masked; reports if there are none. */
void irq_start(void);

/* Registers `handler` for `line`, which must not have one yet. */
void irq_register(unsigned line, const char *name, irq_handler *handler);

/* The state of a line, for display. */
const struct irq_line *irq_line(unsigned line);

#endif
