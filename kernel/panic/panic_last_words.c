/*
 * panic_last_words.c - the simplest way to print something.
 *
 * The report has failed, so nothing that it uses is used here: no printk, no
 * format, no copy of the screen.  Writes to VGA memory and to COM1's data
 * register in whatever state they are; if either is missing, writing does no
 * harm.
 */
#include "kernel/memory/physical.h"
#include "kernel/panic/internal/panic_case.h"
#include "lib/port.h"
#include "lib/vga_text.h"

#define UART_LSR 5        /* line status register, offset from the base port */
#define UART_POLLS 100000 /* a byte takes 87 us; an absent UART reads FFh at once */

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

static void write_char(struct pen *pen, char c)
{
    if (pen->cell < pen->end)
        *pen->cell++ = (uint16_t)(VGA_ATTRIBUTE(VGA_WHITE, VGA_RED) << 8 | (uint8_t)c);
    send(c);
}

static void write_text(struct pen *pen, const char *text)
{
    while (*text)
        write_char(pen, *text++);
}

static void write_number(struct pen *pen, uint64_t number)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        write_char(pen, "0123456789abcdef"[number >> shift & 15]);
}

static struct pen new_row(unsigned row)
{
    volatile uint16_t *screen = physical_pointer(VGA_TEXT_ADDRESS);

    send('\r');
    send('\n');
    return (struct pen){screen + row * VGA_COLUMNS, screen + (row + 1) * VGA_COLUMNS};
}

void panic_last_words(const char *unprinted, const char *what, uint64_t rip)
{
    struct pen pen;

    if (unprinted != NULL) {
        pen = new_row(VGA_ROWS - 2);
        write_text(&pen, "KERNEL PANIC: ");
        write_text(&pen, unprinted);
    }
    pen = new_row(VGA_ROWS - 1);
    write_text(&pen, "Failed while reporting a panic: ");
    write_text(&pen, what);
    write_text(&pen, " at RIP ");
    write_number(&pen, rip);
    write_text(&pen, ". System halted.");
    send('\r');
    send('\n');
}
