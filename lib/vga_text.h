/*
 * vga_text.h - an 80x25 colour text screen, kept in RAM and shown on a VGA.
 *
 * Reading VGA memory is slow and scrolling in it is slower still, so all
 * writing happens in a copy in RAM; vga_text_flush() writes the rows that
 * changed.  The copy is a ring of rows, so that scrolling moves no row: the ring
 * turns, and what has left the screen can be looked at again as long as the ring
 * holds it.  The screen is read exactly once, at the start, so that what the
 * BIOS or the loader left there scrolls like everything else.
 * The last row can be set apart for a status, which stays where it is.
 * Follows the IBM VGA's text mode 3 (cells of character and attribute) and
 * the CRTC's cursor registers 0Eh and 0Fh at ports 3D4h and 3D5h.
 */
#ifndef FIRSTLIGHT_LIB_VGA_TEXT_H
#define FIRSTLIGHT_LIB_VGA_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/* Colours of an attribute; the background takes the first eight. */
enum vga_color {
    VGA_BLACK, VGA_BLUE, VGA_GREEN, VGA_CYAN, VGA_RED, VGA_MAGENTA, VGA_BROWN, VGA_LIGHT_GREY,
    VGA_DARK_GREY, VGA_LIGHT_BLUE, VGA_LIGHT_GREEN, VGA_LIGHT_CYAN, VGA_LIGHT_RED,
    VGA_LIGHT_MAGENTA, VGA_YELLOW, VGA_WHITE,
};

#define VGA_ATTRIBUTE(foreground, background) ((uint8_t)((foreground) | (background) << 4))

struct vga_text {
    volatile uint16_t *memory;  /* VGA_TEXT_ADDRESS; in a test an array */
    uint8_t rows;               /* of text: VGA_ROWS, or one less above a status row */
    uint8_t row;                /* of the next character, from 0 */
    uint8_t column;             /* VGA_COLUMNS while a full line waits for its next character */
    uint8_t attribute;
    uint32_t dirty;             /* bit r: row r of the screen differs from memory */
    uint16_t (*ring)[VGA_COLUMNS];
    uint16_t ring_rows;         /* VGA_ROWS at least; what is more keeps older rows */
    uint16_t top;               /* where in the ring the screen begins */
    uint16_t older;             /* so many rows before that left the screen and are still there */
    uint16_t back;              /* so many of them are shown: 0 unless a person looks back */
};

/*
 * Starts on the screen at `memory` with the cursor at (row, column); values
 * outside the screen are brought inside.  Reads the screen, writes nothing but
 * `ring` of `ring_rows` rows, which is the screen's from then on.
 */
void vga_text_start(struct vga_text *screen, uint16_t (*ring)[VGA_COLUMNS], unsigned ring_rows,
                    volatile uint16_t *memory, unsigned row, unsigned column);

/* True if there is a VGA: its CRTC answers, and the screen keeps what is written to it. */
bool vga_text_probe(volatile uint16_t *memory);

/*
 * Writes characters of code page 437 at the cursor.  \n goes to the start of
 * the next line (scrolling at the last), \r to the start of the line, \t to
 * the next multiple of 8, \b one cell back without erasing (not beyond the
 * start of the line).  Other control characters print nothing.  A person who looks
 * back is brought to what is new.
 */
void vga_text_write(struct vga_text *screen, const char *text, size_t length);

/*
 * The fast part of it: writes the printable ASCII at the text's start, but no further than
 * to the end of the row; returns how much that was.
 */
size_t vga_text_write_plain(struct vga_text *screen, const char *text, size_t length);

/* Shows the screen `rows` rows further back (negative: forward), as far as there are any. */
void vga_text_look_back(struct vga_text *screen, int rows);

/*
 * Sets the last row apart, or gives it back to the text.  The text moves by a row where that
 * keeps its end above the status, or brings an older row back.
 */
void vga_text_reserve_status(struct vga_text *screen, bool reserved);

/* Writes the status row, blanks behind `text`; nothing if no row is reserved. */
void vga_text_status(struct vga_text *screen, const char *text, uint8_t attribute);

/* Blanks all rows of text in the current attribute; the cursor goes home. */
void vga_text_clear(struct vga_text *screen);

/* True if every row of text has changed since the last flush, as after scrolling. */
bool vga_text_all_changed(const struct vga_text *screen);

/* Brings the changed rows and the hardware cursor onto the screen. */
void vga_text_flush(struct vga_text *screen);

#endif
