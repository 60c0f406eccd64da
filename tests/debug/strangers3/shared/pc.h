/* pc.h - ports, COM1 and the text screen, for this folder's kernels in C; SCREEN is where they see B8000h */
#ifndef PC_H
#define PC_H

#include <stdint.h>

#ifndef SCREEN
#define SCREEN 0xb8000
#endif

static inline void outb(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %b0, %w1" : : "a"(value), "Nd"(port));
}

static inline uint8_t inb(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %w1, %b0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void serial(char c)
{
    while (!(inb(0x3fd) & 0x20))
        ;
    outb(0x3f8, (uint8_t)c);
}

/* From row 18 on, below the loader's lines. */
static inline void print(const char *text)
{
    static unsigned cell = 18 * 80;
    volatile uint16_t *screen = (volatile uint16_t *)SCREEN;

    for (; *text; text++) {
        serial(*text);
        if (*text == '\n')
            cell += 80 - cell % 80;
        else
            screen[cell++] = 0x0700 | (uint8_t)*text;
    }
}

#endif
