/*
 * words.h - a command line cut into words.  Pure.
 *
 * Blanks separate words; in "double" or 'single' quotes they don't, and what is
 * quoted joins what it touches: a"b c"d is one word.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_WORDS_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_WORDS_H

#define WORDS_MAX 128 /* LINE_MAX characters hold no more */

#define WORDS_OPEN_QUOTE (-1)
#define WORDS_TOO_MANY (-2)

/* Cuts `text`, in place; returns the number of words, or one of the codes above. */
__attribute__((warn_unused_result)) int words_split(char *text, const char *words[WORDS_MAX]);

#endif
