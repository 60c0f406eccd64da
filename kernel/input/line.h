/*
 * line.h - a line of text and its cursor: the basic operations of every editing key.
 *
 * Pure.  line_view.h shows a line, line_history.h keeps lines, line_editor.h
 * knows what each key does.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_LINE_H
#define FIRSTLIGHT_KERNEL_INPUT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINE_MAX 255                      /* characters */
#define LINE_TEXT_SIZE (3 * LINE_MAX + 1) /* bytes as UTF-8, with the NUL */

struct line {
    uint16_t text[LINE_MAX]; /* Unicode; all that line_accepts() allows fits in 16 bits */
    size_t length;
    size_t cursor; /* 0 to length: the next character goes before text[cursor] */
};

/* True for characters that take one cell of a terminal: no control codes, no wide ones. */
bool line_accepts(uint32_t character);

/* Inserts at the cursor and moves it on; false if the line is full. */
__attribute__((warn_unused_result)) bool line_insert(struct line *line, uint16_t character);

/* Where the word before the cursor begins; blanks in between are skipped. */
size_t line_word_left(const struct line *line);

/* Where the next word after the cursor ends. */
size_t line_word_right(const struct line *line);

/* Removes text[from..to); a cursor inside or after it stays at its character. */
void line_erase(struct line *line, size_t from, size_t to);

/* Stores the line as UTF-8, terminated. */
void line_text(char text[LINE_TEXT_SIZE], const struct line *line);

#endif
