/*
 * scroll.c - a kernel that prints lines on a full screen, each of which scrolls
 * it, by one of several methods.  tools/bench/console_cost.py sets `order`,
 * boots it and counts what a line costs.
 *
 * The kernel's own method is the source of its console itself,
 * kernel/console/ansi.c and lib/vga_text.c; the others are the usual ways on a
 * VGA, each as fast as its idea allows.  They only copy characters: no control
 * characters, no UTF-8, no colours.
 */
#include "boot_info.h"
#include "layout.h"
#include "kernel/console/internal/ansi.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "lib/vga_text.h"

#define DEBUG_EXIT_PORT 0xf4
#define CRTC_INDEX 0x3d4
#define CRTC_START_HIGH 0x0c
#define CRTC_START_LOW 0x0d
#define TEXT_WINDOW 0x8000 /* bytes of VGA memory for text, from B8000h on */
#define WINDOW_ROWS (TEXT_WINDOW / 2 / VGA_COLUMNS)
#define LAST_ROW (VGA_ROWS - 1)
#define ROW_QUADS (VGA_COLUMNS / 4) /* of four cells: the most that one store moves */
#define LINES_A_TICK 25
#define BLANK 0x0720

typedef uint16_t row_of_cells[VGA_COLUMNS];

enum way {
    CELLS_IN_VGA,  /* cell by cell within VGA memory, as most tutorials do */
    QUADS_IN_VGA,  /* the same, four cells at a time */
    COPY_IN_RAM,   /* within a copy in RAM; then the whole screen is written */
    CRTC_START,    /* the CRTC gets a new start of the screen; one row is written */
    RING_EACH,     /* the kernel's ring of rows, shown after each line */
    RING_BY_TICK,  /* the same, shown with the timer's tick: here every 25 lines */
};

struct order {
    uint32_t way, lines;
};

/* Set in the flat binary: read from memory, never assumed. */
volatile struct order order = {RING_EACH, 1};

static const char text[] =
    "A line as a kernel prints them: eighty characters, and it scrolls the screen, so\n";
static row_of_cells ring[400];
static uint64_t copy[VGA_ROWS * ROW_QUADS];
static struct vga_text screen;

_Static_assert(sizeof text == VGA_COLUMNS + 2, "a full line, its line feed, the NUL");

static volatile row_of_cells *const rows = (volatile row_of_cells *)VGA_TEXT_ADDRESS;
static volatile uint64_t *const quads = (volatile uint64_t *)VGA_TEXT_ADDRESS;

static void write_row(volatile uint16_t *row)
{
    for (unsigned i = 0; i < VGA_COLUMNS; i++)
        row[i] = 0x0700 | (uint8_t)text[i];
}

static void scroll_cells(void)
{
    for (unsigned row = 0; row < LAST_ROW; row++)
        for (unsigned column = 0; column < VGA_COLUMNS; column++)
            rows[row][column] = rows[row + 1][column];
    write_row(rows[LAST_ROW]);
}

static void scroll_quads(void)
{
    for (unsigned i = 0; i < LAST_ROW * ROW_QUADS; i++)
        quads[i] = quads[i + ROW_QUADS];
    write_row(rows[LAST_ROW]);
}

static void scroll_copy(void)
{
    for (unsigned i = 0; i < LAST_ROW * ROW_QUADS; i++)
        copy[i] = copy[i + ROW_QUADS];
    write_row((uint16_t *)&copy[LAST_ROW * ROW_QUADS]);
    for (unsigned i = 0; i < VGA_ROWS * ROW_QUADS; i++)
        quads[i] = copy[i];
}

/* The end of the window is reached after about 180 lines: then the screen returns to its start. */
static void scroll_crtc(void)
{
    static unsigned top;

    if (++top + VGA_ROWS > WINDOW_ROWS) {
        for (unsigned i = 0; i < LAST_ROW * ROW_QUADS; i++)
            quads[i] = quads[i + top * ROW_QUADS];
        top = 0;
    }
    write_row(rows[top + LAST_ROW]);
    outw(CRTC_INDEX, (uint16_t)(CRTC_START_HIGH | (top * VGA_COLUMNS & 0xff00)));
    outw(CRTC_INDEX, (uint16_t)(CRTC_START_LOW | (top * VGA_COLUMNS & 0xff) << 8));
}

static void scroll_ring(uint32_t line, unsigned lines_a_flush)
{
    static struct ansi ansi;

    ansi_write(&ansi, &screen, text, sizeof text - 1);
    if (line % lines_a_flush == 0)
        vga_text_flush(&screen);
}

static void scroll(enum way way, uint32_t line)
{
    switch (way) {
    case CELLS_IN_VGA: scroll_cells(); break;
    case QUADS_IN_VGA: scroll_quads(); break;
    case COPY_IN_RAM: scroll_copy(); break;
    case CRTC_START: scroll_crtc(); break;
    case RING_EACH: scroll_ring(line, 1); break;
    case RING_BY_TICK: scroll_ring(line, LINES_A_TICK); break;
    }
}

/* The file's first bytes, entered as docs/boot-protocol.md says; ends QEMU after the last line. */
__attribute__((section(".text.start"), noreturn)) void scroll_start(const struct boot_info *info);

void scroll_start(const struct boot_info *info)
{
    vga_text_start(&screen, ring, sizeof ring / sizeof ring[0], rows[0], LAST_ROW, 0);
    if (info->magic == BOOT_INFO_MAGIC)
        for (uint32_t line = 1; line <= order.lines; line++)
            scroll((enum way)order.way, line);
    outb(DEBUG_EXIT_PORT, 0);
    for (;;)
        cpu_halt();
}
