/*
 * idt.h - the contract of lab 9: what you write in idt.c and idt_stubs.asm, and what it calls.
 *
 * README.md says in which state your code calls the two functions of the kernel, and when.
 */
#ifndef FIRSTLIGHT_IDT_H
#define FIRSTLIGHT_IDT_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h" /* struct interrupt_frame: the registers */

/* Yours: loads an IDT of VECTORS gates.  ist[n] is what the IST field of gate n has to be. */
void idt_install(const uint8_t *ist);

/*
 * The kernel's: what it does about any vector.  It may change the registers in the frame.  False:
 * this exception is one that nobody can mend, so it is to be reported.
 */
bool interrupt_handle(struct interrupt_frame *frame);

/*
 * The kernel's: tells a person about such an exception.  The text ends in a zero byte; for a page
 * fault it is your sentence, for the others it may be NULL.  If this returns, so do you.
 */
void interrupt_report(struct interrupt_frame *frame, const char *text);

#endif
