/*
 * line_history.h - the lines that were entered, and the one being typed.
 *
 * Each entry keeps what was entered and what it has been edited to, so an edit
 * is still there when the user moves to another line and back.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_HISTORY_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_HISTORY_H

#include "kernel/input/line.h"

#define LINE_HISTORY_MAX 16 /* lines, including the one being typed */

/* All zero at first. */
struct line_history {
    struct line_history_entry {
        struct line entered;
        struct line edited;
    } entries[LINE_HISTORY_MAX]; /* a ring: the newest one is the line being typed */
    size_t newest;
    size_t older; /* how many entered lines there are */
    size_t back;  /* how many steps the current line is before the newest one */
};

/* The line that is being edited. */
struct line *line_history_current(struct line_history *history);

/* Moves one line back or forward; false if there is none. */
__attribute__((warn_unused_result)) bool line_history_up(struct line_history *history);
__attribute__((warn_unused_result)) bool line_history_down(struct line_history *history);

/*
 * Enters the current line: it becomes the last one of the history, unless it is
 * empty or the same as the one before, and an empty line begins.  An edited
 * older line is restored.
 */
void line_history_enter(struct line_history *history);

/* Drops the line being typed; edits of older lines stay. */
void line_history_drop(struct line_history *history);

#endif
