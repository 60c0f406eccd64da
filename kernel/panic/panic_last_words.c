/*
 * panic_last_words.c - the simplest way to say something.
 *
 * The report has failed, so nothing that it uses is used here: no printk, no
 * format, no copy of the screen.  Writes to VGA memory and to COM1's data
 * register as they were left; with neither there it does no harm.
 */
#include "kernel/memory/physical.h"
#include "kernel/panic/panic_internal.h"
#include "lib/port.h"
#include "lib/vga_text.h"

#define UART_LSR 5         /* line status register, offset from the base port */
#define UART_POLLS 100000  /* a byte takes 87 us; an absent UART answers FFh at once */

struct pen {
    volatile uint16_t *cell;
    volatile uint16_t *end;
};

static void send(char c)
{
    for (unsigned i = 0; i < UART_POLLS && !(inb(COM1_PORT + UART_LSR) & UART_LSR_THRE); i++)
        ;
    outb(COM1_PORT, (uint8_t)c);
}

static void put(struct pen *pen, char c)
{
    if (pen->cell < pen->end)
        *pen->cell++ = (uint16_t)(VGA_ATTRIBUTE(VGA_WHITE, VGA_RED) << 8 | (uint8_t)c);
    send(c);
}

void panic_last_words(const char *text, uint64_t number)
{
    volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);
    struct pen pen = {screen + (VGA_ROWS - 1) * VGA_COLUMNS, screen + VGA_ROWS * VGA_COLUMNS};

    send('\r');
    send('\n');
    while (*text)
        put(&pen, *text++);
    for (int shift = 60; shift >= 0; shift -= 4)
        put(&pen, "0123456789abcdef"[number >> shift & 15]);
    send('\r');
    send('\n');
}
