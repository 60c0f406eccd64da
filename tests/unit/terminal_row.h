/*
 * terminal_row.h - a terminal's current row, as an editor's echo makes it.
 *
 * For the line editor's unit test and fuzzer: what a person sees, worked out
 * independently of what the editor believes it has shown.
 */
#ifndef FIRSTLIGHT_TESTS_UNIT_TERMINAL_ROW_H
#define FIRSTLIGHT_TESTS_UNIT_TERMINAL_ROW_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/utf8.h"

#define TERMINAL_COLUMNS 80

struct terminal_row {
    uint16_t cells[TERMINAL_COLUMNS];
    size_t column;
    unsigned rows, bells; /* line feeds and bells so far */
    struct utf8_decoder decoder;
};

static inline void terminal_row_blank(struct terminal_row *row)
{
    row->column = 0;
    for (size_t i = 0; i < TERMINAL_COLUMNS; i++)
        row->cells[i] = ' ';
}

/* Aborts on what would look different on some terminals: the last column, bad UTF-8, CSI. */
static inline void terminal_row_put(struct terminal_row *row, uint32_t c)
{
    if (c == '\a') {
        row->bells++;
    } else if (c == '\n') {
        row->rows++;
        terminal_row_blank(row);
    } else if (c == '\b') {
        if (row->column == 0)
            abort();
        row->column--;
    } else {
        if (c < ' ' || c > 0xffff || row->column >= TERMINAL_COLUMNS - 1)
            abort();
        row->cells[row->column++] = (uint16_t)c;
    }
}

/* A line_writer. */
static inline void terminal_row_write(void *context, const char *text, size_t length)
{
    struct terminal_row *row = context;

    for (size_t i = 0; i < length; i++) {
        enum utf8_result result = utf8_decode(&row->decoder, (uint8_t)text[i]);

        if (result != UTF8_DONE && result != UTF8_MORE)
            abort();
        if (result == UTF8_DONE)
            terminal_row_put(row, row->decoder.character);
    }
}

#endif
