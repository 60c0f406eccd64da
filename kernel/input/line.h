/*
 * line.h - a line of text, typed character by character.
 *
 * Pure: the caller brings the characters and prints what is to be echoed.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#define LINE_MAX 77 /* with a prompt of two it stays on one row of the screen */

enum line_result {
    LINE_MORE,    /* the line goes on */
    LINE_DONE,    /* Enter: `text` is complete */
    LINE_DROPPED, /* Ctrl-C: `text` is empty, the caller prompts again */
};

enum line_escape {
    LINE_NO_ESCAPE,
    LINE_ESCAPE,    /* ESC came */
    LINE_SEQUENCE,  /* ESC [ came: all up to a letter or ~ belongs to it */
    LINE_ONE_MORE,  /* ESC O came: one letter more */
};

/* All zero at first. */
struct line {
    char text[LINE_MAX + 1];  /* terminated; after LINE_DONE valid until the next character */
    size_t length;
    const char *echo;         /* to be printed after each line_input() ... */
    size_t echo_count;        /* ... so many times */
    char echo_text[2];
    enum line_escape escape;
    bool ended;               /* the next character starts a new line */
    bool after_return;        /* a \n that follows belongs to the \r */
};

/*
 * Takes one character.  Backspace (08h or 7Fh) erases one, Ctrl-U all, \r, \n or
 * \r\n ends the line.  A tab counts as a space.  Escape sequences (arrow keys)
 * are swallowed; what can't be taken, because the line is full or the
 * character is none that we print, rings the bell.
 */
enum line_result line_input(struct line *line, char c);

#endif
