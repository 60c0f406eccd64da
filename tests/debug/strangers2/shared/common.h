/* common.h - ports, COM1 and the text screen, for the C and C++ programs here (32 and 64 bits) */
#ifndef COMMON_H
#define COMMON_H
#include <stdint.h>

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

__attribute__((unused)) static void putch(char c)
{
    static int cell = 80 * 12; /* the middle of the screen */

    while (!(inb(0x3fd) & 0x20))
        ;
    outb(0x3f8, (uint8_t)c);
    if (c == '\n')
        cell = cell - cell % 80 + 80;
    else
        ((volatile uint16_t *)0xb8000)[cell++ % 2000] = (uint16_t)(0x0a00 | (uint8_t)c);
}

__attribute__((unused)) static void print(const char *text)
{
    while (*text)
        putch(*text++);
}

__attribute__((unused)) static void print_number(unsigned long n)
{
    if (n >= 10)
        print_number(n / 10);
    putch((char)('0' + n % 10));
}

/* both 8259s: vectors 20h to 2Fh, and only the lines whose bit in `mask` is 0 */
__attribute__((unused)) static void pic_remap(uint8_t mask)
{
    outb(0x20, 0x11), outb(0xa0, 0x11);
    outb(0x21, 0x20), outb(0xa1, 0x28);
    outb(0x21, 4), outb(0xa1, 2);
    outb(0x21, 1), outb(0xa1, 1);
    outb(0x21, mask), outb(0xa1, 0xff);
}

__attribute__((unused)) static void pit_hz(unsigned hz)
{
    outb(0x43, 0x36);
    outb(0x40, (uint8_t)(1193182 / hz));
    outb(0x40, (uint8_t)(1193182 / hz >> 8));
}
#endif
