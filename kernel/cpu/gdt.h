/* gdt.h - the segments and the task state segment. */
#ifndef FIRSTLIGHT_KERNEL_CPU_GDT_H
#define FIRSTLIGHT_KERNEL_CPU_GDT_H

#define SELECTOR_CODE 0x08
#define SELECTOR_DATA 0x10
#define SELECTOR_TSS 0x18

/* Loads the kernel's GDT, all segment registers, and the TSS with its interrupt stacks. */
void gdt_start(void);

#endif
