/*
 * vga_writer.c - lab 8: text on a screen of cells
 *
 * A cell is 16 bits: the character in the low byte, the attribute in the high one.  README.md says
 * what each character does.
 */
#include "layout.h"     /* VGA_COLUMNS and the like */
#include "lib/port.h"   /* outb, outw */
#include "vga_writer.h" /* struct vga_writer */

void vga_write(struct vga_writer *writer, const char *text, size_t length)
{
    /* 1. Each character to the cell at writer->row and writer->column, in writer->attribute. */
    /* 2. \n, \r, \b and \t; the next row after a full one; scrolling in the last one. */
    /* 3. The hardware's cursor, by the CRTC's registers 0Eh and 0Fh, ports 3D4h and 3D5h. */
    (void)writer, (void)text, (void)length;
}
