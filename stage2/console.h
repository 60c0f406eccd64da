/*
 * console.h - the loader's output, to the screen and COM1 alike.
 */
#ifndef STAGE2_CONSOLE_H
#define STAGE2_CONSOLE_H

#include <stdint.h>

/* Continues where stage 1 stopped: at the BIOS's cursor, on COM1. */
void console_start(void);

/* printf to screen and serial port; see lib/format.h for the conversions. */
void print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Sets the attribute of everything printed on the screen from now on. */
void console_attribute(uint8_t attribute);

/* Where the next character goes on the screen, from 0; passed to the kernel. */
uint8_t console_row(void);
uint8_t console_column(void);

/* A byte typed on the serial port, or -1. */
int console_serial_key(void);

#endif
