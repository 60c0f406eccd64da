/*
 * line_editor.h - from keys to a line, for keyboard and serial terminal alike.
 *
 * Pure: the caller supplies the keys and a function that writes.  The keys are
 * those of readline and emacs:
 *
 *   left, right, Ctrl-B, Ctrl-F    a character     Backspace, Delete, Ctrl-D   erase one
 *   Ctrl-left and -right, Alt-B/F  a word          Ctrl-W                      the word before
 *   Home, End, Ctrl-A, Ctrl-E      all the way     Ctrl-U, Ctrl-K              to start, to end
 *   up, down, Ctrl-P, Ctrl-N       history         Tab                         complete
 *   Enter, Ctrl-J                  done            Ctrl-C, Ctrl-L              drop, clear screen
 *
 * Every other key without a character, and every key without an effect, rings the bell.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_EDITOR_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_EDITOR_H

#include "kernel/input/keys.h"
#include "kernel/input/line_history.h"
#include "kernel/input/line_view.h"

enum line_result {
    LINE_MORE,    /* keep editing */
    LINE_DONE,    /* Enter: `text` is complete, the cursor on a new row */
    LINE_DROPPED, /* Ctrl-C: the line is gone, the cursor on a new row */
    LINE_CLEAR,   /* Ctrl-L: the caller clears the screen, then calls line_editor_prompt() */
};

/* The words that Tab completes, by number; NULL after the last one. */
typedef const char *line_words(size_t index);

struct line_editor {
    const char *prompt;
    line_words *words; /* to complete a line's first word; NULL for none */
    struct line_history history;
    struct line_view view;
    char text[LINE_TEXT_SIZE]; /* UTF-8; after LINE_DONE */
};

/* Initialises everything, with an empty history.  `prompt` is ASCII, at most 20 characters. */
void line_editor_start(struct line_editor *editor, const char *prompt, line_words *words,
                       line_writer *write, void *context);

/* Writes the prompt and the current line: at first, and after each result but LINE_MORE. */
void line_editor_prompt(struct line_editor *editor);

/* Takes one key. */
enum line_result line_editor_key(struct line_editor *editor, key_code key);

#endif
