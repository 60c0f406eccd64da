/*
 * line_history.h - the lines that were entered, and the one that is being typed.
 *
 * Each keeps what it was and what it has been edited to: whoever goes up, edits,
 * and goes on finds the edit when he comes back.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_HISTORY_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_HISTORY_H

#include "kernel/input/line.h"

#define LINE_HISTORY_MAX 16 /* lines, the one that is being typed included */

/* All zero at first. */
struct line_history {
    struct line_history_entry {
        struct line entered;
        struct line edited;
    } entries[LINE_HISTORY_MAX]; /* a ring: the newest one is the line that is being typed */
    size_t newest;
    size_t older; /* how many entered lines there are */
    size_t back;  /* how many of them lie between the newest line and the current one */
};

/* The line on which the editor stands. */
struct line *line_history_current(struct line_history *history);

/* One line back or forward; false if there is none. */
__attribute__((warn_unused_result)) bool line_history_up(struct line_history *history);
__attribute__((warn_unused_result)) bool line_history_down(struct line_history *history);

/*
 * Enters the current line: it becomes the last one of the history, unless it is
 * empty or the same as the one before, and an empty line begins.  An older line
 * that was edited is again what it was.
 */
void line_history_enter(struct line_history *history);

/* Gives the line that is being typed up; edits of older lines stay. */
void line_history_drop(struct line_history *history);

#endif
