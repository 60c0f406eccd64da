/*
 * reset.c - resets the machine: keyboard controller, chipset, triple fault.
 *
 * Every wait is bounded, so that a machine without the one device comes to
 * the next.  Ports 60h/64h: 8042; CF9h: reset control register of Intel's
 * chipsets since the PIIX3 (82371SB data sheet, 2.5.5).
 */
#include "kernel/cpu/reset.h"

#include <stddef.h>
#include <stdint.h>

#include "kernel/cpu/registers.h"
#include "lib/cpu.h"
#include "lib/port.h"

#define I8042_STATUS 0x64
#define I8042_COMMAND 0x64
#define I8042_INPUT_FULL 0x02
#define I8042_PULSE_RESET 0xfe /* pulls output port bit 0 low: the CPU's reset line */

#define RESET_CONTROL 0xcf9
#define RESET_HARD 0x02 /* a hard reset ... */
#define RESET_NOW 0x04  /* ... when this bit goes from 0 to 1 */

#define DELAY_PORT 0x80 /* POST codes; an access takes about 1 us */

static void delay_us(unsigned count)
{
    while (count-- > 0)
        inb(DELAY_PORT);
}

static void reset_by_keyboard_controller(void)
{
    for (unsigned i = 0; i < 10000 && inb(I8042_STATUS) & I8042_INPUT_FULL; i++)
        delay_us(1);
    outb(I8042_COMMAND, I8042_PULSE_RESET);
    delay_us(20000);
}

static void reset_by_chipset(void)
{
    outb(RESET_CONTROL, RESET_HARD);
    delay_us(10);
    outb(RESET_CONTROL, RESET_HARD | RESET_NOW);
    delay_us(20000);
}

/* No gate for the exception, none for the double fault: the CPU shuts down. */
static void __attribute__((noreturn)) reset_by_triple_fault(void)
{
    load_idt(NULL, 0);
    __builtin_trap();
}

void reset_machine(void)
{
    cpu_disable_interrupts();
    delay_us(2000); /* lets the UART send the last 16 bytes: 1.4 ms */
    reset_by_keyboard_controller();
    reset_by_chipset();
    reset_by_triple_fault();
}
