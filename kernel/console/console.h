/*
 * console.h - the kernel's output: printk to the screen and the serial port.
 *
 * Both sinks get the same characters, in UTF-8, and the same ANSI sequences
 * (ansi.h); only the screen has styles.  A sink that the machine does not have
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
    CONSOLE_TITLE,   /* fills its rows to the end */
    CONSOLE_HEADING, /* of a table; also what the user types */
    CONSOLE_CHART,
    CONSOLE_SUCCESS,
    CONSOLE_ALARM, /* fills its rows to the end */
};

/*
 * Finds screen and serial port.  `info` says where the loader stopped writing;
 * with NULL (a panic before everything else) output continues in the last row.
 */
void console_start(const struct boot_info *info);
bool console_started(void);

/* Which sinks there are. */
bool console_has_screen(void);
bool console_has_serial(void);

/* Logs which sinks there are (console_report.c). */
void console_report(void);

/* Sets the style of all that follows; returns the previous one. */
enum console_style console_style(enum console_style style);
void console_clear(void);

/* Scrolls that many screens back, or forward if negative; any output ends it. */
void console_scroll_back(int screens);

/* The number of rows that the screen is scrolled back. */
unsigned console_rows_back(void);

/* Sets the status row, in code page 437.  Interrupt handlers may call it. */
void console_status(const char *text);

/* Removes the status row: its place is used for text. */
void console_without_status(void);

/*
 * Output appears on the screen at once, except after scrolling: then with the
 * next tick of the timer (10 ms), which calls console_tick(), or with
 * console_show().
 */
void console_show(void);
void console_tick(void);

/* With false, all output goes to the serial port only, until true. */
void console_to_screen(bool shown);

/* The next byte received on the serial port, or -1 if there is none. */
int console_read_serial(void);

/* From now on COM1 interrupts when a byte arrives; false if there is no COM1. */
bool console_interrupt_on_input(void);

/* How many bytes arrived before the previous one was read, and were lost. */
uint32_t console_input_overruns(void);

/* C's printf, as in lib/format.h; these return the number of characters. */
size_t printk(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
size_t printk_v(const char *fmt, va_list args) __attribute__((format(printf, 1, 0)));

/* The same in a style; the previous style is restored. */
size_t printk_styled(enum console_style style, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
