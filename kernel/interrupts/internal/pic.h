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
 * Maps line 0 to `first_vector` (a multiple of 8), the other lines to the next
 * ones, and masks all lines.  False if there is no 8259.
 */
bool pic_start(uint8_t first_vector) __attribute__((warn_unused_result));

/* Unmasks a line, and the cascade if the line is on the second PIC. */
void pic_unmask(unsigned line);

/* True if no device raised this interrupt: only possible on lines 7 and 15. */
bool pic_is_spurious(unsigned line);

/* Ends an interrupt, after it has been handled or ignored. */
void pic_end(unsigned line);
void pic_end_spurious(unsigned line);

#endif
