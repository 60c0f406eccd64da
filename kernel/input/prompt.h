/* prompt.h - reads a line from the keyboard or serial terminal, with echo on the console. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_PROMPT_H
#define FIRSTLIGHT_KERNEL_INPUT_PROMPT_H

#include "kernel/input/line_editor.h"

/* Sets up `editor` for the console; `words` are what Tab completes, or NULL. */
void prompt_start(struct line_editor *editor, const char *prompt, line_words *words);

/* Shows the prompt and waits for Enter; the line is valid until the next call. */
char *prompt_read(struct line_editor *editor);

#endif
