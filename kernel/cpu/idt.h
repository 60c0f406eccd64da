/* idt.h - the interrupt descriptor table. */
#ifndef FIRSTLIGHT_KERNEL_CPU_IDT_H
#define FIRSTLIGHT_KERNEL_CPU_IDT_H

/* Loads gates for the CPU's 32 exceptions; each of them ends in a panic. */
void idt_start(void);

#endif
