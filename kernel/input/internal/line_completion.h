/* line_completion.h - Tab: completes a line's first word. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_LINE_COMPLETION_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_LINE_COMPLETION_H

#include "kernel/input/line_editor.h"

enum completion {
    COMPLETION_NONE,      /* no word begins like this, or the cursor is not in the first word */
    COMPLETION_INSERTED,  /* what all matching words share; a space after a single one */
    COMPLETION_AMBIGUOUS, /* several words match and continue differently: list them */
};

/* Completes the word before the cursor; what was typed stays. */
enum completion line_complete(struct line *line, line_words *words);

/* Writes the matching words in columns; the cursor is then on a new row. */
void line_completion_list(struct line_view *view, const struct line *line, line_words *words);

#endif
