/*
 * WRONG: bit 5 of COM1's line status is 1 when the port can take a byte.  The loop waits as long as it
 * is 1 instead of until it is 1, so it never ends, and nothing is ever written.
 */
#include <stdint.h>

__asm__(".section .text.start\n start: call kernel\n .text");

#define COM1 0x3f8
#define LINE_STATUS (COM1 + 5)
#define TRANSMIT_EMPTY 0x20

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static void serial_putc(char c)
{
    while (inb(LINE_STATUS) & TRANSMIT_EMPTY)
        ;
    outb(COM1, c);
}

void kernel(void)
{
    for (const char *c = "Hello, serial port!\r\n"; *c; c++)
        serial_putc(*c);
    for (;;)
        __asm__ volatile("hlt");
}
