/*
 * vga_machine.h - a VGA for the tests of lib/vga_text.c, one program each.
 *
 * Its memory is an array.  The CRTC is a model of its index and data ports;
 * any other port fails the test.
 */
#ifndef FIRSTLIGHT_TESTS_UNIT_VGA_MACHINE_H
#define FIRSTLIGHT_TESTS_UNIT_VGA_MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lib/port.h"
#include "lib/vga_text.h"

#define GREY 0x07 /* the attribute that a screen starts with */
#define LAST_ROW (VGA_ROWS - 1)
#define LAST_COLUMN (VGA_COLUMNS - 1)
#define RING_ROWS 40 /* fifteen older rows can be shown again */

/* ---- the machine -------------------------------------------------------- */

static uint16_t memory[VGA_ROWS * VGA_COLUMNS];

static struct vga_text screen;
static uint16_t ring[RING_ROWS][VGA_COLUMNS];
static uint8_t crtc[256];

static uint8_t crtc_index;
static bool no_vga;

uint8_t inb(uint16_t port)
{
    assert_int_equal(port, 0x3d5);
    return no_vga ? 0xff : crtc[crtc_index];
}

void outb(uint16_t port, uint8_t value)
{
    if (port == 0x3d4)
        crtc_index = value & 0x1f;
    else if (port == 0x3d5)
        crtc[crtc_index] = value;
    else
        fail_msg("outb(%#x, %#x)", port, value);
}

void outw(uint16_t port, uint16_t value)
{
    assert_int_equal(port, 0x3d4);
    crtc[value & 0xff] = (uint8_t)(value >> 8);
}

static inline unsigned hardware_cursor(void)
{
    return (unsigned)crtc[0x0e] << 8 | crtc[0x0f];
}

static inline uint16_t grey(char c)
{
    return (uint16_t)(GREY << 8 | (uint8_t)c);
}

static inline void fill_memory(uint16_t value)
{
    for (unsigned i = 0; i < VGA_ROWS * VGA_COLUMNS; i++)
        memory[i] = value;
}

/* A blank screen with the cursor at (row, column), as the BIOS leaves it. */
static inline void start_blank(unsigned row, unsigned column)
{
    fill_memory(grey(' '));
    memset(crtc, 0, sizeof(crtc));
    vga_text_start(&screen, ring, RING_ROWS, memory, row, column);
}

static inline int set_up(void **state)
{
    (void)state;
    start_blank(0, 0);
    return 0;
}

/* ---- helpers ------------------------------------------------------------ */

static inline void write_text(const char *text)
{
    vga_text_write(&screen, text, strlen(text));
}

static inline void write_repeated(char c, unsigned count)
{
    while (count-- > 0)
        vga_text_write(&screen, &c, 1);
}

static inline void assert_cursor(unsigned row, unsigned column)
{
    assert_int_equal(screen.row, row);
    assert_int_equal(screen.column, column);
}

/* The whole row on the VGA is `text`, then blanks, all of it in grey. */
static inline void assert_row(unsigned row, const char *text)
{
    size_t length = strlen(text);

    for (unsigned column = 0; column < VGA_COLUMNS; column++)
        assert_int_equal(memory[row * VGA_COLUMNS + column],
                         grey(column < length ? text[column] : ' '));
}

static inline void assert_blank_from(unsigned row)
{
    for (; row < VGA_ROWS; row++)
        assert_row(row, "");
}

/* Twenty-five numbered lines, none of them scrolled away yet. */
static inline void write_numbered_rows(void)
{
    for (unsigned row = 0; row < VGA_ROWS; row++) {
        char text[16];

        snprintf(text, sizeof(text), "%sline %u", row > 0 ? "\n" : "", row);
        write_text(text);
    }
}

static inline void assert_numbered_row(unsigned row, unsigned number)
{
    char text[16];

    snprintf(text, sizeof(text), "line %u", number);
    assert_row(row, text);
}

static inline void write_lines(unsigned from, unsigned to)
{
    for (unsigned number = from; number < to; number++) {
        char text[16];

        snprintf(text, sizeof(text), "\nline %u", number);
        write_text(text);
    }
}

#endif
