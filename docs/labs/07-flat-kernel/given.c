/*
 * given.c - lab 7's kernel has these, one in each kind of section, and reports where it found them.
 *
 * entry.asm hands their addresses to the checks.  They are in sections with longer names, as a compiler's
 * option -fdata-sections makes them.
 */
#include <stddef.h>
#include <stdint.h>

#include "layout.h"
#include "lib/string.h"

#define SECTION(name) __attribute__((section(name)))
#define BSS_BYTES 0x18000
#define ATTRIBUTE 0x0f00

extern const char given_text[];
extern const size_t given_length;
extern uint32_t given_data[4];
extern uint8_t given_bss[BSS_BYTES];
void say_whose(void);

SECTION(".rodata.given") const char given_text[] =
    "she sells sea shells at the caf\x82; the shells she sells are sea shells, I'm sure";
SECTION(".rodata.given") const size_t given_length = sizeof given_text - 1;
SECTION(".data.given") uint32_t given_data[4] = { 0x11223344, 0x55667788, 0x99aabbcc, 0xddeeff00 };
SECTION(".bss.given") uint8_t given_bss[BSS_BYTES];

/* The last thing that the kernel does; the loader's lines are still on the screen. */
void say_whose(void)
{
    static const char text[] = "A linker script and a flat kernel: yours.";
    volatile uint16_t *cells = (volatile uint16_t *)(KERNEL_BASE + VGA_TEXT_ADDRESS);

    for (unsigned i = 0; i < VGA_COLUMNS; i++)
        cells[i] = (uint16_t)(ATTRIBUTE | (i < sizeof text - 1 ? text[i] : ' '));
}
