/*
 * kernel_link_irq.h - what the glues of the timer and of the keyboard share: lines whose handlers, a student's,
 * end their interrupts themselves.
 */
#ifndef LABS_MINE_KERNEL_LINK_IRQ_H
#define LABS_MINE_KERNEL_LINK_IRQ_H

#include <stdint.h>

#include "tools/labs/mine/mine.h"

/* The open lines of both PICs, a bit each. */
uint16_t kernel_link_open_lines(void);

/*
 * After a function of the setup, `name`: if it left interrupts on, or other lines open than `open`, says so and
 * mends it.
 */
void kernel_link_check_setup(enum mine_link link, const char *name, uint16_t open);

/* Registers a handler for the line; nobody else ends its interrupts. */
void kernel_link_take_line(unsigned line, const char *name, void (*handler)(void));

#endif
