/*
 * carrier.c - the kernel of lab 8: calls the student's vga_write, one case after the other.
 *
 * The checks stop at each call and after it (entry.asm), and compare the screen with what the call asked for.
 */
#include "layout.h"
#include "lib/port.h"
#include "vga_writer.h"

#define SCREEN_CELLS (VGA_ROWS * VGA_COLUMNS)
#define BEYOND_CELLS (2 * VGA_COLUMNS) /* of the VGA's memory after the screen */
#define CRTC_INDEX 0x3d4
#define CURSOR_HIGH 0x0e
#define CURSOR_LOW 0x0f
#define CURSOR_BEFORE 1234u

/* In the order of `groups` in checks.mjs. */
enum check { CELLS, CODES, NEW_LINES, WRAP, SCROLL, KEPT };

void carrier_main(void);
void watched_write(struct vga_writer *writer, const char *text, size_t length, unsigned check);

static struct vga_writer writer;

/* A screen on which each cell differs from its neighbours and from those of the next row. */
static void paint(void)
{
    for (unsigned i = 0; i < SCREEN_CELLS + BEYOND_CELLS; i++)
        writer.cells[i] = (uint16_t)(0x5100u + (i / 7 & 7) * 0x100u + 'a' + i % 23);
    outw(CRTC_INDEX, (uint16_t)(CURSOR_HIGH | (CURSOR_BEFORE & 0xff00)));
    outw(CRTC_INDEX, (uint16_t)(CURSOR_LOW | (CURSOR_BEFORE & 0xff) << 8));
}

static void begin(unsigned rows, unsigned row, unsigned column, uint8_t attribute)
{
    writer = (struct vga_writer){ .cells = (volatile uint16_t *)(KERNEL_BASE + VGA_TEXT_ADDRESS),
                                  .rows = rows, .row = row, .column = column,
                                  .attribute = attribute };
    paint();
}

static void call(enum check check, const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    watched_write(&writer, text, length, check);
}

static const char eighty[] = "A row has room for eighty characters, and this text fills one to the last cell..";
_Static_assert(sizeof eighty == VGA_COLUMNS + 1, "a full row");

static void cells(void)
{
    begin(VGA_ROWS, 0, 0, 0x07);
    call(CELLS, "A");
    begin(VGA_ROWS, 3, 10, 0x1e);
    call(CELLS, "Yellow on blue, ");
    writer.attribute = 0x4f;
    call(CELLS, "white on red.");
    call(CELLS, "");
    begin(VGA_ROWS, 0, 0, 0x0a);
    watched_write(&writer, "only five of these", 5, CELLS);
    begin(VGA_ROWS, 12, 40, 0x07);
    call(CODES, "\xda\xc4\xbf \x80\xe1\xff");
}

static void new_lines(void)
{
    begin(VGA_ROWS, 5, 3, 0x07);
    call(NEW_LINES, "one\ntwo\n");
    call(NEW_LINES, "three\rT");
    call(NEW_LINES, "abc\b\bX");
    call(NEW_LINES, "\r\b.");
    call(NEW_LINES, "\n\nx\ty\tz");
}

static void wrap(void)
{
    begin(VGA_ROWS, 7, 77, 0x1f);
    call(WRAP, "abcdef");
    begin(VGA_ROWS, 9, 0, 0x1f);
    call(WRAP, eighty);
    call(WRAP, "\nnext");
    call(WRAP, "\r");
    call(WRAP, eighty);
    call(WRAP, "!");
}

static void scroll(void)
{
    begin(VGA_ROWS, 24, 0, 0x2e);
    call(SCROLL, "last row\nnew row");
    writer.attribute = 0x70;
    call(SCROLL, "\n\n\nthree more");
    begin(VGA_ROWS, 24, 76, 0x07);
    call(SCROLL, "over the end");
    begin(VGA_ROWS, 24, 0, 0x07);
    call(SCROLL, eighty);
    call(SCROLL, "\n");
    begin(VGA_ROWS, 20, 0, 0x07);
    call(SCROLL, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n"
                 "24\n25\n26\n27\n28\n29\n30");
}

static void fewer_rows(void)
{
    begin(VGA_ROWS - 1, 23, 0, 0x07);
    call(KEPT, "the row below is a status row\n");
    call(KEPT, eighty);
    call(KEPT, "and on");
}

static void farewell(void)
{
    static const char text[] = "A VGA writer that scrolls: yours.";

    for (unsigned i = 0; i < SCREEN_CELLS; i++)
        writer.cells[i] = 0x0700 | ' ';
    writer.rows = VGA_ROWS;
    writer.row = writer.column = 0;
    writer.attribute = 0x0f;
    vga_write(&writer, text, sizeof text - 1);
}

void carrier_main(void)
{
    cells();
    new_lines();
    wrap();
    scroll();
    fewer_rows();
    farewell();
}
