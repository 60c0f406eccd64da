/*
 * vga_writer.h - the contract of lab 8: what you write in vga_writer.c, and who calls it.
 *
 * The caller owns the structure and sets all of it before the first call; between two calls it may
 * move the cursor or change the colours.  Row 0, column 0 is the first cell.
 */
#ifndef FIRSTLIGHT_VGA_WRITER_H
#define FIRSTLIGHT_VGA_WRITER_H

#include <stddef.h>
#include <stdint.h>

struct vga_writer {
    volatile uint16_t *cells; /* the screen's memory: rows of 80 cells */
    unsigned rows;            /* that belong to the text, 2 to 25; rows below are somebody else's */
    unsigned row, column;     /* of the next character; the column is 80 after a full row */
    uint8_t attribute;        /* colours of the next characters and of blank cells */
};

/* Writes `length` characters, then moves the hardware's cursor.  README.md says what each one does. */
void vga_write(struct vga_writer *writer, const char *text, size_t length);

#endif
