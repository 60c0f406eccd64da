/*
 * console.c - the two sinks: the VGA's text screen and COM1.
 *
 * Owns VGA memory, the cursor registers and the UART at COM1_PORT.  Works
 * without either; printk.c and the panic report are the writers.
 */
#include "kernel/console/console.h"

#include <stdint.h>

#include "kernel/console/console_internal.h"
#include "kernel/memory/physical.h"
#include "lib/uart.h"
#include "lib/vga_text.h"

static struct vga_text screen;
static bool screen_present;
static bool screen_hidden;
static bool fill_rows;
static struct uart serial;
static bool started;

static const uint8_t attributes[] = {
    [CONSOLE_PLAIN] = VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK),
    [CONSOLE_TITLE] = VGA_ATTRIBUTE(VGA_WHITE, VGA_BLACK),
    [CONSOLE_SUCCESS] = VGA_ATTRIBUTE(VGA_LIGHT_GREEN, VGA_BLACK),
    [CONSOLE_ALARM] = VGA_ATTRIBUTE(VGA_WHITE, VGA_RED),
};

void console_start(const struct boot_info *info)
{
    volatile uint16_t *memory = physical_pointer(VGA_TEXT_ADDRESS);
    unsigned row = info ? info->cursor_row : VGA_ROWS - 1;
    unsigned column = info ? info->cursor_column : 0;

    started = true;
    screen_present = vga_text_probe(memory);
    if (screen_present)
        vga_text_start(&screen, memory, row, column);
    console_style(CONSOLE_PLAIN);
    uart_start(&serial, COM1_PORT);
}

bool console_started(void)
{
    return started;
}

void console_report(void)
{
    if (screen_present)
        printk("VGA buffer initialized at 0x%x.\n", VGA_TEXT_ADDRESS);
    else
        printk("VGA: none found; this console is serial only.\n");
    if (!serial.present)
        printk("Serial: no UART at 0x%x.\n", COM1_PORT);
}

/* Brings the background's colour to the end of the row: spaces, but on the screen only. */
static void fill_row(void)
{
    while (screen.column < VGA_COLUMNS)
        vga_text_write(&screen, " ", 1);
}

static void screen_write(const char *text, size_t length)
{
    if (!fill_rows) {
        vga_text_write(&screen, text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            fill_row();
        vga_text_write(&screen, text + i, 1);
    }
}

void console_write(const char *text, size_t length)
{
    if (screen_present && !screen_hidden)
        screen_write(text, length);
    uart_write_text(&serial, text, length);
}

void console_flush(void)
{
    if (screen_present)
        vga_text_flush(&screen);
}

void console_style(enum console_style style)
{
    screen.attribute = attributes[style];
    fill_rows = style == CONSOLE_ALARM;
}

void console_to_screen(bool shown)
{
    screen_hidden = !shown;
}

void console_clear(void)
{
    static const char erase_and_home[] = "\033[2J\033[H"; /* VT100: ED, CUP */

    if (screen_present)
        vga_text_clear(&screen);
    console_flush();
    uart_write(&serial, erase_and_home, sizeof erase_and_home - 1);
}

int console_read_serial(void)
{
    return uart_read(&serial);
}

bool console_interrupt_on_input(void)
{
    uart_interrupt_on_receive(&serial);
    return serial.present;
}

uint32_t console_input_overruns(void)
{
    return serial.overruns;
}
