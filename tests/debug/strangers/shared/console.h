/* console.h - ports, and text on the screen and on COM1.  Include it once. */
#include "boot_info.h"

static volatile uint16_t *const screen = (uint16_t *)0xb8000;
static unsigned position; /* of the next character, in cells */

static inline void out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline uint8_t in8(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void print_char(char c)
{
    while (!(in8(0x3fd) & 0x20))
        ;
    out8(0x3f8, c);
    if (c == '\n')
        position += 80 - position % 80;
    else if (c >= ' ')
        screen[position++] = 0x0f00 | (uint8_t)c;
    if (position >= 25 * 80) { /* scroll */
        for (unsigned i = 0; i < 24 * 80; i++)
            screen[i] = screen[i + 80];
        for (unsigned i = 24 * 80; i < 25 * 80; i++)
            screen[i] = 0x0f20;
        position -= 80;
    }
}

static inline void print(const char *text)
{
    while (*text)
        print_char(*text++);
}

static inline void print_number(unsigned long n)
{
    if (n >= 10)
        print_number(n / 10);
    print_char('0' + n % 10);
}

/* Goes on below the loader's lines. */
static inline void console_start(const struct boot_info *info)
{
    position = info->cursor_row * 80;
}

static inline void halt(void)
{
    for (;;)
        __asm__ volatile("cli; hlt");
}
