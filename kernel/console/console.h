/*
 * console.h - what the kernel says: printk to the screen and the serial port.
 *
 * Both sinks get the same characters, in UTF-8, and the same ANSI sequences
 * (ansi.h); styles are the screen's alone.  A sink that the machine does not have
 * is left out.  Interrupt handlers may print.
 */
#ifndef FIRSTLIGHT_KERNEL_CONSOLE_CONSOLE_H
#define FIRSTLIGHT_KERNEL_CONSOLE_CONSOLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "boot_info.h"

enum console_style {
    CONSOLE_PLAIN,
    CONSOLE_TITLE,      /* fills its rows to the end */
    CONSOLE_HEADING,    /* of a table; and what is typed */
    CONSOLE_CHART,
    CONSOLE_SUCCESS,
    CONSOLE_ALARM,      /* fills its rows to the end */
};

/*
 * Finds screen and serial port.  `info` tells where the loader stopped
 * writing; with NULL (a panic before everything else) it goes on at the last row.
 */
void console_start(const struct boot_info *info);
bool console_started(void);

/* Prints which sinks there are. */
void console_report(void);

/* The style of all that follows; returns the one before. */
enum console_style console_style(enum console_style style);
void console_clear(void);

/* So many screens back, or with a negative number forward; whatever is printed ends it. */
void console_scroll_back(int screens);

#define CONSOLE_ROWS (VGA_ROWS - 1) /* of text, above the status row */

/* So many rows is the screen looking back. */
unsigned console_rows_back(void);

/* The screen's last row, in code page 437.  Interrupt handlers may call it. */
void console_status(const char *text);

/* From now on there is none: the last row is for text, too. */
void console_without_status(void);

/*
 * The screen shows what was printed at once, but after scrolling only with the next tick of
 * the timer, which calls console_tick() (10 ms), or with console_show().
 */
void console_show(void);
void console_tick(void);

/* With false, what follows goes to the serial port alone, until true. */
void console_to_screen(bool shown);

/* The next byte that came in by the serial port, or -1 if there is none. */
int console_read_serial(void);

/* From now on COM1 interrupts when a byte comes in; false if there is none. */
bool console_interrupt_on_input(void);

/* How often a byte came in before the one before it was read, and was lost. */
uint32_t console_input_overruns(void);

/* C's printf as lib/format.h has it; they return the number of characters. */
size_t printk(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
size_t printk_v(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

/* The same in a style, and back to the one before. */
size_t printk_styled(enum console_style style, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
