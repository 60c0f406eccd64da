/*
 * panic_last_words.c - the simplest way to say something.
 *
 * The report has failed, so nothing that it uses is used here: no printk, no
 * format, no copy of the screen.  Writes to VGA memory and to COM1's data
 * register as they were left; with neither there it does no harm.
 */
#include "kernel/memory/physical.h"
#include "kernel/panic/internal/panic_case.h"
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

static void put_text(struct pen *pen, const char *text)
{
    while (*text)
        put(pen, *text++);
}

static void put_number(struct pen *pen, uint64_t number)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        put(pen, "0123456789abcdef"[number >> shift & 15]);
}

static struct pen new_row(unsigned row)
{
    volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);

    send('\r');
    send('\n');
    return (struct pen){screen + row * VGA_COLUMNS, screen + (row + 1) * VGA_COLUMNS};
}

void panic_last_words(const char *unsaid, const char *what, uint64_t rip)
{
    struct pen pen;

    if (unsaid != NULL) {
        pen = new_row(VGA_ROWS - 2);
        put_text(&pen, "KERNEL PANIC: ");
        put_text(&pen, unsaid);
    }
    pen = new_row(VGA_ROWS - 1);
    put_text(&pen, "Failed while reporting a panic: ");
    put_text(&pen, what);
    put_text(&pen, " at RIP ");
    put_number(&pen, rip);
    put_text(&pen, ". System halted.");
    send('\r');
    send('\n');
}
