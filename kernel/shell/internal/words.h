/*
 * words.h - a command line split into words.  Pure.
 *
 * Blanks separate words, but not inside "double" or 'single' quotes; a quoted
 * part joins the text next to it: a"b c"d is one word.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_WORDS_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_WORDS_H

#define WORDS_MAX 128 /* LINE_MAX characters cannot hold more */

#define WORDS_OPEN_QUOTE (-1)
#define WORDS_TOO_MANY (-2)

/* Splits `text` in place; returns the number of words, or one of the codes above. */
__attribute__((warn_unused_result)) int words_split(char *text, const char *words[WORDS_MAX]);

#endif
