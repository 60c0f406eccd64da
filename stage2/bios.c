/*
 * bios.c - bios_call(): calls the BIOS through bios_call.asm, and what must be
 * done after each call.
 */
#include "stage2/bios.h"

#include "lib/pc.h"
#include "lib/port.h"

/* bios_call.asm */
void bios_enter(uint8_t vector, struct bios_registers *registers);

void (*bios_after_call)(void);

/*
 * Between two IDTs an NMI would jump anywhere.  The BIOS unmasks NMIs whenever
 * it reads the clock.  A data access must follow the index, or some clock chips
 * hang.
 */
void bios_mask_nmi(void)
{
    outb(CMOS_INDEX, inb(CMOS_INDEX) | CMOS_NMI_OFF);
    inb(CMOS_DATA);
}

void bios_call(uint8_t vector, struct bios_registers *registers)
{
    bios_mask_nmi();
    bios_enter(vector, registers);
    bios_mask_nmi();
    if (bios_after_call != NULL)
        bios_after_call();
}
