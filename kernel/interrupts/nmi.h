/* nmi.h - the gate for non-maskable interrupts, outside of the CPU. */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_NMI_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_NMI_H

/* Masks NMIs: a second one would overwrite the stack of the first. */
void nmi_mask(void);

void nmi_unmask(void);

#endif
