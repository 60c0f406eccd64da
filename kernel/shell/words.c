/*
 * words.c - splits a line into words.  Called by shell.c only.
 */
#include "kernel/shell/internal/words.h"

#include <stdbool.h>
#include <stddef.h>

/* Ends a word and moves *from past it; its characters, without quotes, stay where it began. */
static bool cut_word(char **from)
{
    char *to = *from;
    char quote = '\0';

    for (; **from != '\0' && (quote != '\0' || **from != ' '); ++*from) {
        if (quote == '\0' && (**from == '"' || **from == '\''))
            quote = **from;
        else if (**from == quote)
            quote = '\0';
        else
            *to++ = **from;
    }
    if (**from != '\0')
        ++*from;
    *to = '\0';
    return quote == '\0';
}

int words_split(char *text, const char *words[WORDS_MAX])
{
    int count = 0;

    for (;;) {
        while (*text == ' ')
            text++;
        if (*text == '\0')
            return count;
        if (count == WORDS_MAX)
            return WORDS_TOO_MANY;
        words[count++] = text;
        if (!cut_word(&text))
            return WORDS_OPEN_QUOTE;
    }
}
