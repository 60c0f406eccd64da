/*
 * console.c - the loader's output: VGA text memory, COM1 and the debug port E9h, directly.
 *
 * INT 10h would need a switch to real mode for each character, and firmware
 * with a serial console would send every line twice.  The BIOS's cursor in its
 * data area (BDA) is kept up to date, so that the BIOS continues below our
 * lines if an error returns the machine to it.
 */
#include "stage2/console.h"

#include <stdarg.h>
#include <stdbool.h>

#include "layout.h"
#include "lib/format.h"
#include "lib/pc.h"
#include "lib/port.h"
#include "lib/uart.h"
#include "lib/vga_text.h"

extern volatile uint8_t bios_data_area[];

#define DEBUG_PORT 0xe9 /* of Bochs, and of QEMU with -debugcon: reads as its own number */

static struct vga_text screen;
static uint16_t rows[VGA_ROWS][VGA_COLUMNS];
static struct uart serial;
static bool has_debug_port;

void console_start(void)
{
    vga_text_start(&screen, rows, VGA_ROWS, (volatile uint16_t *)VGA_TEXT_ADDRESS,
                   bios_data_area[BDA_CURSOR + 1], bios_data_area[BDA_CURSOR]);
    uart_start(&serial, COM1_PORT);
    has_debug_port = inb(DEBUG_PORT) == DEBUG_PORT;
}

static void write_all(void *context, const char *text, size_t length)
{
    (void)context;
    vga_text_write(&screen, text, length);
    uart_write_text(&serial, text, length);
    for (size_t i = 0; has_debug_port && i < length; i++)
        outb(DEBUG_PORT, (uint8_t)text[i]);
}

void print(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    format(write_all, NULL, fmt, args);
    va_end(args);
    vga_text_flush(&screen);
    bios_data_area[BDA_CURSOR] = screen.column;
    bios_data_area[BDA_CURSOR + 1] = screen.row;
}

void console_attribute(uint8_t attribute)
{
    screen.attribute = attribute;
}

uint8_t console_row(void)
{
    return screen.row;
}

uint8_t console_column(void)
{
    return screen.column;
}

int console_serial_key(void)
{
    return uart_read(&serial);
}
