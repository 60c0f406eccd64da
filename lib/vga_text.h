/*
 * vga_text.h - an 80x25 colour text screen, kept in RAM and shown on a VGA.
 *
 * Reading VGA memory is slow, and scrolling in it is slower still, so all
 * writing happens in a copy in RAM; vga_text_flush() writes the rows that
 * changed.  The copy is a ring of rows, so that scrolling moves no row: only
 * the start of the screen moves, and rows that have scrolled off can be shown
 * again as long as the ring holds them.  The screen is read only once, at the
 * start, so that what the BIOS or the loader left there scrolls like everything
 * else. The last row can be reserved for a status, which does not scroll.
 *
 * A cell is two bytes: the character, and the attribute with the foreground in bits 0-3, the
 * background in bits 4-6, and bit 7 for blinking.  Cell (row, column) is at 2 * (80 * row + column).
 * These bytes are the VGA's, not RAM: what is stored there appears at once, and a read is slow.
 *
 * Follows the IBM VGA's text mode 3 (cells of character and attribute) and the
 * CRTC's cursor registers 0Eh and 0Fh at ports 3D4h and 3D5h.
 */
#ifndef FIRSTLIGHT_LIB_VGA_TEXT_H
#define FIRSTLIGHT_LIB_VGA_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/* Colours of an attribute; the background can be one of the first eight. */
enum vga_color {
    VGA_BLACK,
    VGA_BLUE,
    VGA_GREEN,
    VGA_CYAN,
    VGA_RED,
    VGA_MAGENTA,
    VGA_BROWN,
    VGA_LIGHT_GREY,
    VGA_DARK_GREY,
    VGA_LIGHT_BLUE,
    VGA_LIGHT_GREEN,
    VGA_LIGHT_CYAN,
    VGA_LIGHT_RED,
    VGA_LIGHT_MAGENTA,
    VGA_YELLOW,
    VGA_WHITE,
};

#define VGA_ATTRIBUTE(foreground, background) ((uint8_t)((foreground) | (background) << 4))

struct vga_text {
    volatile uint16_t *memory; /* VGA_TEXT_ADDRESS; an array in tests */
    uint8_t rows;              /* of text: VGA_ROWS, or one less with a status row */
    uint8_t row;               /* where the next character is written, from 0 */
    uint8_t column;            /* VGA_COLUMNS after a full row, until its next character */
    uint8_t attribute;
    uint32_t dirty; /* bit r: screen row r differs from memory */
    uint16_t (*ring)[VGA_COLUMNS];
    uint16_t ring_rows; /* at least VGA_ROWS; the rest keeps older rows */
    uint16_t top;       /* the ring's row where the screen begins */
    uint16_t older;     /* how many rows before that have scrolled off and are still here */
    uint16_t back;      /* how many of them are shown: 0 unless scrolled back */
};

/*
 * Starts on the screen at `memory` with the cursor at (row, column); values
 * outside the screen are moved inside.  Reads the screen and writes only
 * `ring`, of `ring_rows` rows, which the screen owns from then on.
 */
void vga_text_start(struct vga_text *screen, uint16_t (*ring)[VGA_COLUMNS], unsigned ring_rows,
                    volatile uint16_t *memory, unsigned row, unsigned column);

/* True if there is a VGA: its CRTC answers, and the screen keeps what is written to it. */
bool vga_text_probe(volatile uint16_t *memory);

/*
 * Writes characters of code page 437 at the cursor.  \n moves to the start of
 * the next row (scrolling at the last), \r to the start of the row, \t to the
 * next multiple of 8, \b one cell back without erasing (not beyond the start of
 * the row).  Other control characters print nothing.  Ends scrolling back: the
 * newest rows are shown.
 */
void vga_text_write(struct vga_text *screen, const char *text, size_t length);

/*
 * The fast part of it: writes the printable ASCII characters at the text's
 * start, at most to the end of the row; returns their number.
 */
size_t vga_text_write_plain(struct vga_text *screen, const char *text, size_t length);

/* Scrolls the view `rows` rows back (negative: forward), as far as there are any. */
void vga_text_scroll_back(struct vga_text *screen, int rows);

/*
 * Reserves the last row for a status, or releases it.  If needed, the text
 * moves up a row so that its end stays visible, or down so that an older row
 * appears again.
 */
void vga_text_reserve_status(struct vga_text *screen, bool reserved);

/* Writes the status row, with blanks after `text`; does nothing if no row is reserved. */
void vga_text_status(struct vga_text *screen, const char *text, uint8_t attribute);

/* Blanks all rows of text in the current attribute; the cursor moves to the first cell. */
void vga_text_clear(struct vga_text *screen);

/* True if every row of text has changed since the last flush, as after scrolling. */
bool vga_text_all_changed(const struct vga_text *screen);

/* Writes the changed rows and the hardware cursor to the VGA. */
void vga_text_flush(struct vga_text *screen);

#endif
