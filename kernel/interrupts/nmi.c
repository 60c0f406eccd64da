/*
 * nmi.c - bit 7 of the CMOS index port, as the PC/AT has it: keeps NMIs from the CPU.
 */
#include "kernel/interrupts/nmi.h"

#include <stdint.h>

#include "lib/pc.h"
#include "lib/port.h"

static void set_mask(uint8_t mask)
{
    outb(CMOS_INDEX, (uint8_t)((inb(CMOS_INDEX) & ~CMOS_NMI_OFF) | mask));
    inb(CMOS_DATA); /* some clock chips hang if no access follows the index */
}

void nmi_mask(void)
{
    set_mask(CMOS_NMI_OFF);
}

void nmi_unmask(void)
{
    set_mask(0);
}
