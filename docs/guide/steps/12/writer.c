/* writer.c - text on the screen: one object that knows where the next character goes. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");   /* the first byte of the file */

#define ROWS 25
#define COLUMNS 80

struct writer {
    volatile uint16_t *cells;
    unsigned row, column;               /* of the next character: always inside of the screen */
    uint8_t attribute;
};

static void scroll(struct writer *w)
{
    for (unsigned i = 0; i < (ROWS - 1) * COLUMNS; i++)
        w->cells[i] = w->cells[i + COLUMNS];
    for (unsigned i = (ROWS - 1) * COLUMNS; i < ROWS * COLUMNS; i++)
        w->cells[i] = (uint16_t)(w->attribute << 8 | ' ');
}

static void new_line(struct writer *w)
{
    w->column = 0;
    if (w->row == ROWS - 1)
        scroll(w);
    else
        w->row++;
}

static void write_character(struct writer *w, char c)
{
    if (c != '\n') {
        w->cells[w->row * COLUMNS + w->column] = (uint16_t)(w->attribute << 8 | (uint8_t)c);
        w->column++;
    }
    if (c == '\n' || w->column == COLUMNS)
        new_line(w);
}

void kernel(void)
{
    struct writer w = {(volatile uint16_t *)0xb8000, 0, 0, 0x0a};

    for (char line = 'A'; line <= 'Z'; line++) {
        for (const char *c = "line "; *c != '\0'; c++)
            write_character(&w, *c);
        write_character(&w, line);
        write_character(&w, '\n');
    }
    for (;;)
        __asm__ volatile("hlt");
}
