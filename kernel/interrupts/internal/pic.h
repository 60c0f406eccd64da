/*
 * pic.h - the two 8259 interrupt controllers of a PC: lines in, vectors out.
 *
 * irq.c is the only caller: drivers register with it.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_PIC_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_PIC_H

#include <stdbool.h>
#include <stdint.h>

#define PIC_LINES 16

/*
 * Leads line 0 to `first_vector` (a multiple of 8) and so on, and masks them
 * all.  False if there is no 8259.
 */
bool pic_start(uint8_t first_vector) __attribute__((warn_unused_result));

/* Lets a line through, the cascade with it if it is on the second PIC. */
void pic_unmask(unsigned line);

/* True if nobody asked for this interrupt: lines 7 and 15 only. */
bool pic_is_spurious(unsigned line);

/* The interrupt has been served, or was none. */
void pic_end(unsigned line);
void pic_end_spurious(unsigned line);

#endif
