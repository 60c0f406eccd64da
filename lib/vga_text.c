/*
 * vga_text.c - the text screen: a copy in RAM, and how it gets onto the VGA.
 *
 * The consoles of stage 2 and the kernel write into the copy and flush it.
 * Owns the screen's memory and the CRTC's ports 3D4h and 3D5h.  Follows IBM's
 * VGA technical reference: text mode 3, CRTC registers 0Eh, 0Fh.
 */
#include "vga_text.h"

#include "port.h"
#include "string.h"

#define CRTC_INDEX 0x3d4 /* one 16-bit write sets index and data */
#define CRTC_DATA 0x3d5
#define CRTC_CURSOR_HIGH 0x0e
#define CRTC_CURSOR_LOW 0x0f

#define TAB_WIDTH 8u

/* Four cells, the most that one store moves; see string.c for the attributes. */
struct __attribute__((packed, may_alias)) quad {
    uint64_t value;
};

#define QUADS (VGA_COLUMNS / 4)
#define EACH_OF_FOUR 0x0001000100010001u

_Static_assert(VGA_COLUMNS % 4 == 0, "a row is whole quads");
_Static_assert(VGA_ROWS <= 32, "dirty has one bit a row");

static uint16_t cell(char character, uint8_t attribute)
{
    return (uint16_t)(attribute << 8 | (uint8_t)character);
}

static uint32_t all_rows(const struct vga_text *screen)
{
    return (1u << screen->rows) - 1;
}

static unsigned at_most(unsigned value, unsigned limit)
{
    return value < limit ? value : limit;
}

/* ---- starting ----------------------------------------------------------- */

static void read_row(uint16_t *row, const volatile uint16_t *memory)
{
    const volatile struct quad *from = (const volatile struct quad *)memory;
    struct quad *to = (struct quad *)row;

    for (unsigned i = 0; i < QUADS; i++)
        to[i].value = from[i].value;
}

/* VGA_COLUMNS is allowed: a loader passes it on if its last row is just full. */
void vga_text_start(struct vga_text *screen, uint16_t (*ring)[VGA_COLUMNS], unsigned ring_rows,
                    volatile uint16_t *memory, unsigned row, unsigned column)
{
    screen->ring = ring;
    screen->ring_rows = (uint16_t)ring_rows;
    screen->top = screen->older = screen->back = 0;
    screen->memory = memory;
    screen->rows = VGA_ROWS;
    screen->row = (uint8_t)at_most(row, VGA_ROWS - 1);
    screen->column = (uint8_t)at_most(column, VGA_COLUMNS);
    screen->attribute = VGA_ATTRIBUTE(VGA_LIGHT_GREY, VGA_BLACK);
    screen->dirty = 0;
    for (unsigned r = 0; r < VGA_ROWS; r++)
        read_row(ring[r], memory + r * VGA_COLUMNS);
}

/* The cursor's low byte can be read back on a VGA; an empty port reads FFh. */
static bool crtc_answers(void)
{
    uint8_t saved, first, second;

    outb(CRTC_INDEX, CRTC_CURSOR_LOW);
    saved = inb(CRTC_DATA);
    outb(CRTC_DATA, 0x55);
    first = inb(CRTC_DATA);
    outb(CRTC_DATA, 0xaa);
    second = inb(CRTC_DATA);
    outb(CRTC_DATA, saved);
    return first == 0x55 && second == 0xaa;
}

/*
 * Two cells, because a bus with nothing on it may echo the last value written;
 * and the CRTC, because without a VGA there may be plain RAM.
 */
bool vga_text_probe(volatile uint16_t *memory)
{
    uint16_t first = memory[0];
    uint16_t second = memory[1];

    memory[0] = 0x55aa;
    memory[1] = 0xaa55;
    bool keeps = memory[0] == 0x55aa && memory[1] == 0xaa55;
    memory[0] = first;
    memory[1] = second;
    return keeps && crtc_answers();
}

/* ---- writing into the copy ---------------------------------------------- */

/* A screen row; negative ones have scrolled off. */
static uint16_t *row_cells(const struct vga_text *screen, int row)
{
    int index = screen->top + row;

    if (index < 0)
        index += screen->ring_rows;
    else if (index >= screen->ring_rows)
        index -= screen->ring_rows;
    return screen->ring[index];
}

static void blank_row(struct vga_text *screen, unsigned row)
{
    struct quad *quads = (struct quad *)row_cells(screen, (int)row);
    uint64_t blanks = cell(' ', screen->attribute) * EACH_OF_FOUR;

    for (unsigned i = 0; i < QUADS; i++)
        quads[i].value = blanks;
}

static void scroll(struct vga_text *screen)
{
    screen->top = (uint16_t)(screen->top + 1 == screen->ring_rows ? 0 : screen->top + 1);
    if (screen->older < screen->ring_rows - VGA_ROWS)
        screen->older++;
    blank_row(screen, screen->rows - 1u);
    screen->dirty = all_rows(screen);
}

static void new_line(struct vga_text *screen)
{
    screen->column = 0;
    if (screen->row == screen->rows - 1)
        scroll(screen);
    else
        screen->row++;
}

static bool is_control(char c)
{
    return (uint8_t)c < ' ' || c == 0x7f;
}

/* A printable ASCII character: no control character, and none of code page 437's others. */
static bool is_plain(char c)
{
    return (uint8_t)(c - ' ') < 0x7f - ' ';
}

/* A full row wraps only when its next character is written, so 80 characters and \n are one row. */
static uint16_t *cells_for_next(struct vga_text *screen)
{
    if (screen->column == VGA_COLUMNS)
        new_line(screen);
    screen->dirty |= 1u << screen->row;
    return row_cells(screen, screen->row) + screen->column;
}

/* Writes as many plain characters as the row has room for; returns their number. */
static size_t write_plain(struct vga_text *screen, const char *text, size_t length)
{
    size_t count = 0;

    if (length == 0 || !is_plain(*text))
        return 0;

    uint16_t *cells = cells_for_next(screen);
    size_t end = at_most((unsigned)length, VGA_COLUMNS - screen->column);
    uint8_t attribute = screen->attribute;

    for (; count < end && is_plain(text[count]); count++)
        cells[count] = cell(text[count], attribute);
    screen->column = (uint8_t)(screen->column + count);
    return count;
}

static void execute_control(struct vga_text *screen, char c)
{
    if (c == '\n')
        new_line(screen);
    else if (c == '\r')
        screen->column = 0;
    else if (c == '\t')
        screen->column = (uint8_t)at_most(screen->column / TAB_WIDTH * TAB_WIDTH + TAB_WIDTH,
                                          VGA_COLUMNS);
    else if (c == '\b' && screen->column > 0)
        screen->column--;
}

static void write_other(struct vga_text *screen, char c)
{
    if (is_control(c)) {
        execute_control(screen, c);
    } else {
        *cells_for_next(screen) = cell(c, screen->attribute);
        screen->column++;
    }
}

void vga_text_scroll_back(struct vga_text *screen, int rows)
{
    int back = screen->back + rows;

    back = back < 0 ? 0 : back > screen->older ? screen->older : back;
    if (back == screen->back)
        return;
    screen->back = (uint16_t)back;
    screen->dirty = all_rows(screen);
}

size_t vga_text_write_plain(struct vga_text *screen, const char *text, size_t length)
{
    vga_text_scroll_back(screen, -screen->back);
    return write_plain(screen, text, length);
}

void vga_text_write(struct vga_text *screen, const char *text, size_t length)
{
    vga_text_scroll_back(screen, -screen->back);
    while (length > 0) {
        size_t count = write_plain(screen, text, length);

        if (count == 0) {
            write_other(screen, *text);
            count = 1;
        }
        text += count;
        length -= count;
    }
}

void vga_text_clear(struct vga_text *screen)
{
    screen->back = 0;
    for (unsigned row = 0; row < screen->rows; row++)
        blank_row(screen, row);
    screen->dirty = all_rows(screen);
    screen->row = 0;
    screen->column = 0;
}

/* ---- the status row ----------------------------------------------------- */

static void scroll_down(struct vga_text *screen)
{
    screen->top = (uint16_t)(screen->top > 0 ? screen->top - 1 : screen->ring_rows - 1);
    screen->older--;
    screen->row++;
}

void vga_text_reserve_status(struct vga_text *screen, bool reserved)
{
    uint8_t rows = reserved ? VGA_ROWS - 1 : VGA_ROWS;

    if (rows == screen->rows)
        return;
    screen->back = 0;
    if (reserved && screen->row == rows) {
        scroll(screen);
        screen->row--;
    }
    screen->rows = rows;
    if (!reserved && screen->older > 0)
        scroll_down(screen);
    else if (!reserved)
        blank_row(screen, VGA_ROWS - 1);
    screen->dirty = all_rows(screen);
    vga_text_status(screen, "", screen->attribute);
}

void vga_text_status(struct vga_text *screen, const char *text, uint8_t attribute)
{
    if (screen->rows == VGA_ROWS)
        return;
    for (unsigned column = 0; column < VGA_COLUMNS; column++) {
        char character = *text != '\0' ? *text++ : ' ';

        screen->memory[screen->rows * VGA_COLUMNS + column] = cell(character, attribute);
    }
}

/* ---- from the copy onto the screen -------------------------------------- */

static void show_row(const struct vga_text *screen, unsigned row)
{
    const struct quad *from = (const struct quad *)row_cells(screen, (int)row - screen->back);
    volatile struct quad *to = (volatile struct quad *)(screen->memory + row * VGA_COLUMNS);

    for (unsigned i = 0; i < QUADS; i++)
        to[i].value = from[i].value;
}

/*
 * After a full row, the cursor is on its last cell, where it is visible.  While
 * scrolled back, the cursor is parked below the screen.
 */
static void show_cursor(const struct vga_text *screen)
{
    unsigned column = at_most(screen->column, VGA_COLUMNS - 1);
    unsigned position = screen->back ? VGA_ROWS * VGA_COLUMNS : screen->row * VGA_COLUMNS + column;

    outw(CRTC_INDEX, (uint16_t)(CRTC_CURSOR_HIGH | (position & 0xff00)));
    outw(CRTC_INDEX, (uint16_t)(CRTC_CURSOR_LOW | (position & 0xff) << 8));
}

bool vga_text_all_changed(const struct vga_text *screen)
{
    return screen->dirty == all_rows(screen);
}

void vga_text_flush(struct vga_text *screen)
{
    for (unsigned row = 0; row < screen->rows; row++)
        if (screen->dirty & 1u << row)
            show_row(screen, row);
    screen->dirty = 0;
    show_cursor(screen);
}
