/*
 * line_view.h - shows a line on one row of a terminal, with as few characters
 * as possible for each change.
 *
 * Uses only printable characters, spaces and backspaces, which mean the same on
 * the VGA and on every terminal.  A line longer than the row scrolls sideways;
 * < and > mark where it continues.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_VIEW_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_VIEW_H

#include "kernel/input/line.h"

#define LINE_VIEW_MAX 79 /* cells; terminals wrap differently after the last one of 80 */

/* Where the characters are written. */
typedef void line_writer(void *context, const char *text, size_t length);

struct line_view {
    line_writer *write;
    void *context;
    size_t width;                  /* cells after the prompt, at most LINE_VIEW_MAX */
    uint16_t shown[LINE_VIEW_MAX]; /* what the terminal shows there */
    size_t used;                   /* how many cells; those after them are blank */
    size_t column;                 /* where the terminal's cursor is */
    size_t first;                  /* which of the line's characters is in the first cell */
};

/* Nothing is shown, and the cursor is just after the prompt. */
void line_view_reset(struct line_view *view);

/* Makes the row show `line` and its cursor. */
void line_view_update(struct line_view *view, const struct line *line);

#endif
