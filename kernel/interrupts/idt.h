/* idt.h - the interrupt descriptor table. */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_IDT_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_IDT_H

/*
 * Loads gates for all 256 vectors and lets NMIs and machine checks in.  Needs
 * gdt_start().  interrupts.h says who answers.
 */
void idt_start(void);

/* Keeps NMIs out: a second one would reuse the stack of the first. */
void nmi_mask(void);

#endif
