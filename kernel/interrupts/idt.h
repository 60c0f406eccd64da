/* idt.h - the interrupt descriptor table. */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_IDT_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_IDT_H

/*
 * Loads gates for all 256 vectors and enables NMIs and machine checks.  Needs
 * gdt_start().  interrupts.h describes the handlers.
 */
void idt_start(void);

#endif
