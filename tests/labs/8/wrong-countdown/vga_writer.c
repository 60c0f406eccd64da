/*
 * vga_writer.c - lab 8: text on a screen of cells
 */
#include "layout.h"
#include "lib/port.h"
#include "vga_writer.h"

#define CRTC_INDEX 0x3d4 /* one 16-bit write sets the register's number and its value */
#define CURSOR_HIGH 0x0e
#define CURSOR_LOW 0x0f
#define TAB_WIDTH 8u

static uint16_t cell(uint8_t character, uint8_t attribute)
{
    return (uint16_t)(attribute << 8 | character);
}

static void scroll(struct vga_writer *w)
{
    unsigned last = (w->rows - 1) * VGA_COLUMNS;

    for (unsigned i = 0; i < last; i++)
        w->cells[i] = w->cells[i + VGA_COLUMNS];
    for (unsigned i = VGA_COLUMNS - 1; i >= 0; i--)
        w->cells[last + i] = cell(' ', w->attribute);
}

static void new_line(struct vga_writer *w)
{
    w->column = 0;
    if (w->row == w->rows - 1)
        scroll(w);
    else
        w->row++;
}

static void write_character(struct vga_writer *w, char c)
{
    if (w->column == VGA_COLUMNS)
        new_line(w);
    w->cells[w->row * VGA_COLUMNS + w->column++] = cell((uint8_t)c, w->attribute);
}

static void tab(struct vga_writer *w)
{
    w->column = (w->column / TAB_WIDTH + 1) * TAB_WIDTH;
    if (w->column > VGA_COLUMNS)
        w->column = VGA_COLUMNS;
}

static void write_one(struct vga_writer *w, char c)
{
    switch (c) {
    case '\n': new_line(w); break;
    case '\r': w->column = 0; break;
    case '\t': tab(w); break;
    case '\b':
        if (w->column > 0)
            w->column--;
        break;
    default: write_character(w, c);
    }
}

static void show_cursor(const struct vga_writer *w)
{
    unsigned column = w->column < VGA_COLUMNS ? w->column : VGA_COLUMNS - 1;
    unsigned position = w->row * VGA_COLUMNS + column;

    outw(CRTC_INDEX, (uint16_t)(CURSOR_HIGH | (position & 0xff00)));
    outw(CRTC_INDEX, (uint16_t)(CURSOR_LOW | (position & 0xff) << 8));
}

void vga_write(struct vga_writer *writer, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        write_one(writer, text[i]);
    show_cursor(writer);
}
