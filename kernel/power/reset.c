/*
 * reset.c - resets the machine: keyboard controller, chipset, triple fault.
 *
 * Every wait is bounded, so that a machine without one of these devices tries
 * the next.  CF9h: reset control register of Intel's chipsets since the PIIX3
 * (82371SB data sheet, 2.5.5).
 */
#include "kernel/power/reset.h"

#include <stddef.h>
#include <stdint.h>

#include "kernel/cpu/registers.h"
#include "kernel/input/i8042.h"
#include "kernel/time/delay.h"
#include "lib/cpu.h"
#include "lib/port.h"

#define RESET_CONTROL 0xcf9
#define RESET_HARD 0x02 /* a hard reset ... */
#define RESET_NOW 0x04  /* ... when this bit goes from 0 to 1 */

static void reset_by_chipset(void)
{
    outb(RESET_CONTROL, RESET_HARD);
    delay_us(10);
    outb(RESET_CONTROL, RESET_HARD | RESET_NOW);
    delay_us(20000);
}

/* No gate for the exception and none for the double fault: the CPU shuts down. */
static void __attribute__((noreturn)) reset_by_triple_fault(void)
{
    load_idt(NULL, 0);
    __builtin_trap();
}

void reset_machine(void)
{
    cpu_disable_interrupts();
    delay_us(2000); /* lets the UART send the last 16 bytes: 1.4 ms */
    i8042_reset_cpu();
    reset_by_chipset();
    reset_by_triple_fault();
}
