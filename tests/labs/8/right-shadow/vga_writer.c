/*
 * vga_writer.c - a row at a time: moves memory with memmove, and knows only the number of the next cell
 */
#include <stdbool.h>

#include "layout.h"
#include "lib/port.h"
#include "lib/string.h"
#include "vga_writer.h"

static unsigned next;   /* the next cell, counted from the first one */
static bool row_is_full;

static void crtc(uint8_t number, unsigned value)
{
    outb(0x3d4, number);
    outb(0x3d5, (uint8_t)value);
}

static void blank(uint16_t *row, uint8_t attribute)
{
    for (int i = 0; i < VGA_COLUMNS; i++)
        row[i] = (uint16_t)(attribute << 8 | ' ');
}

static void go_down(struct vga_writer *w)
{
    uint16_t *screen = (uint16_t *)w->cells;
    unsigned row = next / VGA_COLUMNS;

    row_is_full = false;
    next = row * VGA_COLUMNS;
    if (row + 1 < w->rows) {
        next += VGA_COLUMNS;
        return;
    }
    memmove(screen, screen + VGA_COLUMNS, row * VGA_COLUMNS * sizeof *screen);
    blank(screen + row * VGA_COLUMNS, w->attribute);
}

static unsigned column(void)
{
    return row_is_full ? VGA_COLUMNS : next % VGA_COLUMNS;
}

static void go_to(unsigned new_column)
{
    next -= next % VGA_COLUMNS;
    row_is_full = new_column >= VGA_COLUMNS;
    next += row_is_full ? VGA_COLUMNS - 1 : new_column;
}

void vga_write(struct vga_writer *writer, const char *text, size_t length)
{
    const unsigned char *codes = (const unsigned char *)text;

    next = writer->row * VGA_COLUMNS;
    go_to(writer->column);
    while (length--) {
        unsigned char code = *codes++;

        if (code == '\n') {
            go_down(writer);
        } else if (code == '\r') {
            go_to(0);
        } else if (code == '\b') {
            if (column() > 0)
                go_to(column() - 1);
        } else if (code == '\t') {
            go_to((column() & ~7u) + 8);
        } else {
            if (row_is_full)
                go_down(writer);
            writer->cells[next] = (uint16_t)(writer->attribute * 256 + code);
            go_to(column() + 1);
        }
    }
    writer->row = next / VGA_COLUMNS;
    writer->column = column();
    crtc(0x0e, next >> 8);
    crtc(0x0f, next & 0xff);
}
