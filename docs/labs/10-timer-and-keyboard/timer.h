/*
 * timer.h - the contract of lab 10's timer.c: what you write, and when the kernel calls it.
 *
 * README.md says what each function finds and has to leave.
 */
#ifndef FIRSTLIGHT_LAB_TIMER_H
#define FIRSTLIGHT_LAB_TIMER_H

#include <stdint.h>

/*
 * Moves the lines of both PICs to vectors 20h to 2Fh, masks all of them but line 0, and lets counter 0
 * of the PIT tick `hz` times a second.  Interrupts are off, and stay off.
 */
void timer_setup(unsigned hz);

/* Vector 20h: counts the tick, and tells the PIC that the interrupt has ended. */
void timer_interrupt(void);

/* Vector 27h: line 7 is masked, so the PIC has it from a line that went away: nothing is in service. */
void timer_spurious(void);

/* The number of ticks so far. */
uint64_t timer_count(void);

#endif
