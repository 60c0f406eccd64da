/*
 * console.c - the two sinks: the VGA's text screen and COM1.
 *
 * Owns VGA memory, the cursor registers and the UART at COM1_PORT.  Works
 * without either; printk.c and the panic report are the writers.
 */
#include "kernel/console/console.h"

#include <stdint.h>

#include "kernel/console/internal/ansi.h"
#include "kernel/console/internal/console_sinks.h"
#include "kernel/memory/physical.h"
#include "lib/cpu.h"
#include "lib/uart.h"
#include "lib/vga_text.h"

#define ROWS_KEPT 400 /* sixteen screens: 64 KB */
#define CHUNK 16      /* as much as a UART's FIFO takes at once */

static uint16_t rows[ROWS_KEPT][VGA_COLUMNS];
static struct vga_text screen;
static struct ansi ansi;
static bool screen_present;
static bool screen_hidden;
static enum console_style style;
static struct uart serial;
static bool started;
static bool ticks_come;

static const uint8_t attributes[] = {
    [CONSOLE_PLAIN] = VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK),
    [CONSOLE_TITLE] = VGA_ATTRIBUTE(VGA_WHITE, VGA_BLUE),
    [CONSOLE_HEADING] = VGA_ATTRIBUTE(VGA_WHITE, VGA_BLACK),
    [CONSOLE_CHART] = VGA_ATTRIBUTE(VGA_LIGHT_CYAN, VGA_BLACK),
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
    if (screen_present) {
        vga_text_start(&screen, rows, ROWS_KEPT, memory, row, column);
        vga_text_reserve_status(&screen, true);
    }
    console_style(CONSOLE_PLAIN);
    uart_start(&serial, COM1_PORT);
}

bool console_started(void)
{
    return started;
}

bool console_has_screen(void)
{
    return screen_present;
}

bool console_has_serial(void)
{
    return serial.present;
}

static bool fills_rows(void)
{
    return style == CONSOLE_TITLE || style == CONSOLE_ALARM;
}

/* Extends the background colour to the end of the row: with spaces, on the screen only. */
static void fill_row(void)
{
    while (screen.column < VGA_COLUMNS)
        vga_text_write(&screen, " ", 1);
}

static void screen_write(const char *text, size_t length)
{
    if (!fills_rows()) {
        ansi_write(&ansi, &screen, text, length);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            fill_row();
        ansi_write(&ansi, &screen, text + i, 1);
    }
}

/*
 * An interrupt handler may also print.  It can run between two chunks but never
 * within one, so that screen and UART always get text in order; and interrupts
 * are never disabled for longer than a FIFO takes (1.5 ms).
 */
static void write_chunk(const char *text, size_t length)
{
    bool enabled = cpu_interrupts_save();

    if (screen_present && !screen_hidden)
        screen_write(text, length);
    uart_write_text(&serial, text, length);
    cpu_interrupts_restore(enabled);
}

void console_write(const char *text, size_t length)
{
    while (length > 0) {
        size_t chunk = length < CHUNK ? length : CHUNK;

        write_chunk(text, chunk);
        text += chunk;
        length -= chunk;
    }
}

void console_show(void)
{
    bool enabled = cpu_interrupts_save();

    if (screen_present)
        vga_text_flush(&screen);
    cpu_interrupts_restore(enabled);
}

void console_tick(void)
{
    ticks_come = true;
    if (screen_present && screen.dirty)
        vga_text_flush(&screen);
}

/*
 * Writing the whole screen costs as much as printing ten rows, so after
 * scrolling it is left to the next tick, if there will be one.  A panic prints
 * with interrupts off: at once.
 */
void console_flush(void)
{
    if (!(vga_text_all_changed(&screen) && cpu_interrupts_enabled() && ticks_come))
        console_show();
}

void console_scroll_back(int screens)
{
    if (screen_present)
        vga_text_scroll_back(&screen, screens * (screen.rows - 1));
    console_show();
}

unsigned console_rows_back(void)
{
    return screen.back;
}

void console_status(const char *text)
{
    if (screen_present)
        vga_text_status(&screen, text, attributes[CONSOLE_TITLE]);
}

void console_without_status(void)
{
    if (screen_present)
        vga_text_reserve_status(&screen, false);
}

enum console_style console_style(enum console_style new_style)
{
    enum console_style before = style;

    ansi = (struct ansi){0}; /* an incomplete sequence must not swallow what follows */
    style = new_style;
    screen.attribute = attributes[style];
    return before;
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
    console_show();
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
