/* io.h - ports, and text on COM1 and on the screen from a row of one's own on */
#pragma once

#include <stdint.h>

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %b0, %w1" : : "a"(value), "Nd"(port));
}

static inline void outw(uint16_t port, uint16_t value)
{
    __asm__ volatile("outw %w0, %w1" : : "a"(value), "Nd"(port));
}

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %w1, %b0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void print(const char *text)
{
    static volatile uint16_t *cell = (uint16_t *)0xb8000 + 80 * 20;

    for (; *text != '\0'; text++) {
        while (!(inb(0x3fd) & 0x20))
            ;
        outb(0x3f8, (uint8_t)*text);
        *cell++ = 0x0a00 | (uint8_t)*text;
    }
}
