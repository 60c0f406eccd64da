/*
 * ansi.c - escape sequences and UTF-8 on the text screen.  Called by console.c only.
 */
#include "kernel/console/internal/ansi.h"

#include <stdbool.h>

#define ESC '\033'
#define BRIGHT 8u

/* Code page 437 in Unicode, from 80h on. */
static const uint16_t cp437[128] = {
    0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, /* 80h */
    0x00ea, 0x00eb, 0x00e8, 0x00ef, 0x00ee, 0x00ec, 0x00c4, 0x00c5, /* 88h */
    0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9, /* 90h */
    0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, /* 98h */
    0x00e1, 0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa, 0x00ba, /* A0h */
    0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb, /* A8h */
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, /* B0h */
    0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510, /* B8h */
    0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f, /* C0h */
    0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, /* C8h */
    0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b, /* D0h */
    0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580, /* D8h */
    0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, /* E0h */
    0x03a6, 0x0398, 0x03a9, 0x03b4, 0x221e, 0x03c6, 0x03b5, 0x2229, /* E8h */
    0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248, /* F0h */
    0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0, /* F8h */
};

/* The character in code page 437, or '?' if it has none. */
static uint8_t cp437_of(uint32_t character)
{
    if (character < 0x80)
        return (uint8_t)character;
    for (unsigned i = 0; i < 128; i++)
        if (cp437[i] == character)
            return (uint8_t)(0x80 + i);
    return '?';
}

/* ---- what the sequences do ---------------------------------------------------- */

/* ANSI has red, green, blue from bit 0 up, the VGA from bit 2 down. */
static unsigned vga_color(unsigned ansi_color)
{
    return (ansi_color & 1) << 2 | (ansi_color & 2) | ansi_color >> 2;
}

static void rendition(struct vga_text *screen, unsigned code)
{
    unsigned foreground = screen->attribute & 0xf, background = screen->attribute >> 4 & 7;

    if (code == 0)
        foreground = VGA_LIGHT_GREY, background = VGA_BLACK;
    else if (code == 1)
        foreground |= BRIGHT;
    else if (code == 22)
        foreground &= ~BRIGHT;
    else if (code == 7) {
        unsigned swapped = background;

        background = foreground & ~BRIGHT;
        foreground = swapped;
    } else if (code >= 30 && code <= 37)
        foreground = (foreground & BRIGHT) | vga_color(code - 30);
    else if (code >= 90 && code <= 97)
        foreground = BRIGHT | vga_color(code - 90);
    else if (code == 39)
        foreground = VGA_LIGHT_GREY;
    else if (code >= 40 && code <= 47)
        background = vga_color(code - 40);
    else if (code == 49)
        background = VGA_BLACK;
    screen->attribute = VGA_ATTRIBUTE(foreground, background);
}

static void move_to(struct vga_text *screen, int row, int column)
{
    row = row < 0 ? 0 : row >= screen->rows ? screen->rows - 1 : row;
    column = column < 0 ? 0 : column >= VGA_COLUMNS ? VGA_COLUMNS - 1 : column;
    screen->row = (uint8_t)row;
    screen->column = (uint8_t)column;
}

/* Erases the row from the cursor to its end, or all of it; the cursor stays. */
static void erase_row(struct vga_text *screen, bool all)
{
    uint8_t row = screen->row, column = screen->column;

    if (all)
        screen->column = 0;
    while (screen->column < VGA_COLUMNS)
        vga_text_write(screen, " ", 1);
    screen->row = row;
    screen->column = column;
}

static void erase_screen(struct vga_text *screen, bool all)
{
    uint8_t row = screen->row, column = screen->column;

    if (all) {
        vga_text_clear(screen);
    } else {
        erase_row(screen, false);
        while (screen->row < screen->rows - 1) {
            screen->row++;
            erase_row(screen, true);
        }
    }
    screen->row = row;
    screen->column = column;
}

static void execute(const struct ansi *ansi, struct vga_text *screen, char last)
{
    const uint16_t *p = ansi->csi.parameters;
    int n = p[0] > 0 ? (int)p[0] : 1;
    int row = screen->row, column = screen->column;

    switch (last) {
    case 'A': move_to(screen, row - n, column); break;
    case 'B': move_to(screen, row + n, column); break;
    case 'C': move_to(screen, row, column + n); break;
    case 'D': move_to(screen, row, column - n); break;
    case 'H': move_to(screen, n - 1, p[1] > 0 ? (int)p[1] - 1 : 0); break;
    case 'J': erase_screen(screen, p[0] == 2); break;
    case 'K': erase_row(screen, p[0] == 2); break;
    case 'm':
        for (unsigned i = 0; i <= ansi->csi.count && i < CSI_PARAMETERS; i++)
            rendition(screen, p[i]);
        break;
    default: break;
    }
}

/* ---- finding them in the text --------------------------------------------------- */

/* A character within a sequence; @ to ~ ends it, a control code cancels it. */
static void write_in_sequence(struct ansi *ansi, struct vga_text *screen, char c)
{
    if (c >= '@') {
        ansi->state = ANSI_TEXT;
        execute(ansi, screen, c);
    } else if (c < ' ') {
        ansi->state = ANSI_TEXT;
    } else {
        csi_take(&ansi->csi, (uint8_t)c);
    }
}

static void write_character(struct vga_text *screen, uint32_t character)
{
    char c = (char)cp437_of(character);

    vga_text_write(screen, &c, 1);
}

static void write_text(struct ansi *ansi, struct vga_text *screen, uint8_t byte)
{
    enum utf8_result result = utf8_decode(&ansi->utf8, byte);

    if (result == UTF8_BAD_BEFORE) {
        write_character(screen, UTF8_REPLACEMENT);
        result = utf8_decode(&ansi->utf8, byte);
    }
    if (result == UTF8_BAD)
        write_character(screen, UTF8_REPLACEMENT);
    else if (result == UTF8_DONE && ansi->utf8.character == ESC)
        ansi->state = ANSI_ESCAPE;
    else if (result == UTF8_DONE)
        write_character(screen, ansi->utf8.character);
}

static void write_one(struct ansi *ansi, struct vga_text *screen, char c)
{
    switch (ansi->state) {
    case ANSI_TEXT: write_text(ansi, screen, (uint8_t)c); break;
    case ANSI_ESCAPE:
        ansi->state = c == '[' ? ANSI_SEQUENCE : ANSI_TEXT;
        ansi->csi = (struct csi){0};
        break;
    case ANSI_SEQUENCE: write_in_sequence(ansi, screen, c); break;
    }
}

/* Plain ASCII, the usual case, needs no decoding: the screen takes as much as there is. */
static size_t write_plain(const struct ansi *ansi, struct vga_text *screen, const char *text,
                          size_t length)
{
    bool between = ansi->state == ANSI_TEXT && ansi->utf8.bytes_left == 0;

    return between ? vga_text_write_plain(screen, text, length) : 0;
}

void ansi_write(struct ansi *ansi, struct vga_text *screen, const char *text, size_t length)
{
    while (length > 0) {
        size_t count = write_plain(ansi, screen, text, length);

        if (count == 0) {
            write_one(ansi, screen, *text);
            count = 1;
        }
        text += count;
        length -= count;
    }
}
