/*
 * bios.c - bios_call(): a trip through bios_call.asm, and a look at A20 after it.
 *
 * Firmware that emulates a keyboard or a disk in system management mode may
 * put the gate back to what it remembers.
 */
#include "stage2/bios.h"

#include "lib/port.h"
#include "stage2/a20.h"
#include "stage2/error.h"

#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71
#define CMOS_NMI_OFF 0x80

/* bios_call.asm */
void bios_enter(uint8_t vector, struct bios_registers *registers);

static volatile uint32_t *a20_low, *a20_high;

/*
 * Between two IDTs an NMI would jump anywhere.  The BIOS opens the mask again
 * whenever it reads the clock.  The index must be followed by a data access,
 * or some clock chips get stuck.
 */
void bios_mask_nmi(void)
{
    outb(CMOS_INDEX, inb(CMOS_INDEX) | CMOS_NMI_OFF);
    inb(CMOS_DATA);
}

static void reopen_a20(void)
{
    volatile uint32_t *low = a20_low;

    a20_low = NULL; /* the ladder calls the BIOS itself */
    if (a20_enable(low, a20_high) == A20_FAILED)
        fatal(ERROR_A20, "the BIOS closed it again, and now it stays closed");
    a20_low = low;
}

void bios_call(uint8_t vector, struct bios_registers *registers)
{
    bios_mask_nmi();
    bios_enter(vector, registers);
    bios_mask_nmi();
    if (a20_low != NULL && !a20_is_on(a20_low, a20_high))
        reopen_a20();
}

void bios_keep_a20(volatile uint32_t *low, volatile uint32_t *high)
{
    a20_low = low;
    a20_high = high;
}
