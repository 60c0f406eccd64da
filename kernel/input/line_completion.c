/*
 * line_completion.c - finds the words that begin like the line.  Called by line_editor.c only.
 */
#include "kernel/input/internal/line_completion.h"

#include "lib/string.h"

#define COLUMN 13 /* six columns in a row of 80 */
#define COLUMNS 6

/* True if `word` begins with everything before the cursor. */
static bool fits(const struct line *line, const char *word)
{
    for (size_t i = 0; i < line->cursor; i++)
        if (word[i] == '\0' || line->text[i] != (uint8_t)word[i])
            return false;
    return true;
}

/* The next word from *index on that fits, or NULL; *index is then the one after it. */
static const char *next_fit(const struct line *line, line_words *words, size_t *index)
{
    const char *word;

    while ((word = words(*index)) != NULL) {
        ++*index;
        if (fits(line, word))
            return word;
    }
    return NULL;
}

static size_t common_length(const char *a, const char *b, size_t length)
{
    size_t i = 0;

    while (i < length && a[i] == b[i])
        i++;
    return i;
}

/*
 * Characters that are already there are stepped over, so that completing inside
 * a word repeats nothing.
 */
static bool type(struct line *line, char c)
{
    if (line->cursor < line->length && line->text[line->cursor] == (uint8_t)c) {
        line->cursor++;
        return true;
    }
    return line_insert(line, (uint8_t)c);
}

enum completion line_complete(struct line *line, line_words *words)
{
    size_t index = 0, count = 1;
    const char *word = words ? next_fit(line, words, &index) : NULL;

    if (word == NULL)
        return COMPLETION_NONE;

    size_t length = strlen(word);

    for (const char *other; (other = next_fit(line, words, &index)) != NULL; count++)
        length = common_length(word, other, length);
    if (count > 1 && length == line->cursor)
        return COMPLETION_AMBIGUOUS;

    bool fitted = true;

    while (fitted && line->cursor < length)
        fitted = type(line, word[line->cursor]);
    if (fitted && count == 1)
        fitted = type(line, ' ');
    return fitted ? COMPLETION_INSERTED : COMPLETION_NONE;
}

void line_completion_list(struct line_view *view, const struct line *line, line_words *words)
{
    static const char blanks[COLUMN + 1] = "             ";
    size_t index = 0, column = 0;

    for (const char *word; (word = next_fit(line, words, &index)) != NULL; column++) {
        size_t length = strlen(word);

        if (column > 0)
            view->write(view->context, column % COLUMNS ? blanks : "\n", 1);
        view->write(view->context, word, length);
        if (length < COLUMN - 1)
            view->write(view->context, blanks, COLUMN - 1 - length);
    }
    view->write(view->context, "\n", 1);
}
