/*
 * line_view.h - a line on one row of a terminal, changed with as few
 * characters as possible.
 *
 * Uses nothing but printable characters, spaces and backspaces, which mean the
 * same on the VGA and on every terminal.  A line longer than the row scrolls
 * sideways; < and > stand where it goes on.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_VIEW_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_VIEW_H

#include "kernel/input/line.h"

#define LINE_VIEW_MAX 79 /* cells; the last one of a row of 80 stays free: terminals differ there */

/* Where the characters go. */
typedef void line_writer(void *context, const char *text, size_t length);

struct line_view {
    line_writer *write;
    void *context;
    size_t width;                  /* cells behind the prompt, at most LINE_VIEW_MAX */
    uint16_t shown[LINE_VIEW_MAX]; /* what the terminal has there */
    size_t used;                   /* so many cells; behind them are blanks */
    size_t column;                 /* where its cursor is */
    size_t first;                  /* the line's character in the first cell */
};

/* Nothing is shown, the cursor is right behind the prompt. */
void line_view_reset(struct line_view *view);

/* Makes the row show `line` and its cursor. */
void line_view_update(struct line_view *view, const struct line *line);

#endif
