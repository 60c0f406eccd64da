/* kernel.c - a kernel in twenty lines: prints a greeting on the screen and the serial port, then halts. */
#include "boot_info.h"

#define HELLO "Hello from a kernel of my own!"

/* The first byte of the file is the entry.  RDI, C's first argument, is the boot info already. */
__asm__(".section .text.start\n start: call kernel\n .text");

static void serial(char c)
{
    unsigned char status;

    do /* COM1 is set up; bit 5 says that it takes a byte */
        __asm__ volatile("inb %w1, %b0" : "=a"(status) : "Nd"(0x3fd));
    while (!(status & 0x20));
    __asm__ volatile("outb %b0, %w1" : : "a"(c), "Nd"(0x3f8));
}

void kernel(const struct boot_info *info)
{
    if (info->magic == BOOT_INFO_MAGIC && info->version == BOOT_INFO_VERSION) {
        volatile uint16_t *cell = (uint16_t *)0xb8000 + info->cursor_row * 80 + info->cursor_column;

        for (const char *c = HELLO "\r\n"; *c != '\0'; c++) {
            serial(*c);
            if (*c >= ' ')
                *cell++ = 0x0f00 | (uint8_t)*c; /* white on black */
        }
    }
    for (;;)
        __asm__ volatile("hlt"); /* interrupts are disabled, so forever */
}
