/* line_completion.h - Tab: the rest of a line's first word. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_LINE_COMPLETION_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_LINE_COMPLETION_H

#include "kernel/input/line_editor.h"

enum completion {
    COMPLETION_NONE,      /* no word begins so, or the cursor is not in the first word */
    COMPLETION_INSERTED,  /* what all words that begin so share; a space behind a lone one */
    COMPLETION_AMBIGUOUS, /* several begin so and go on differently: list them */
};

/* Completes the word before the cursor; what was typed stays as it is. */
enum completion line_complete(struct line *line, line_words *words);

/* Writes the words that begin like the line, in columns; the cursor is then on a new row. */
void line_completion_list(struct line_view *view, const struct line *line, line_words *words);

#endif
