/*
 * line.c - a line of text and its cursor.  Called by line_editor.c only.
 */
#include "kernel/input/line.h"

#include "lib/string.h"
#include "lib/utf8.h"

/*
 * The characters that take one cell on every terminal: Unicode's Latin, Greek
 * and Cyrillic, punctuation, currencies, letter-like and mathematical signs,
 * box drawing. Left out are combining characters (no cell), wide ones (two),
 * the soft hyphen and joiners.  (Unicode standard annex 11, East Asian width.)
 */
static const struct range {
    uint16_t first, last;
} accepted[] = {
    {0x0020, 0x007e}, {0x00a0, 0x00ac}, {0x00ae, 0x02ff}, {0x0370, 0x0482},
    {0x048a, 0x052f}, {0x1e00, 0x1fff}, {0x2010, 0x2027}, {0x2030, 0x205e},
    {0x2070, 0x20bf}, {0x2100, 0x22ff}, {0x2500, 0x25fc}, {UTF8_REPLACEMENT, UTF8_REPLACEMENT},
};

bool line_accepts(uint32_t character)
{
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++)
        if (character >= accepted[i].first && character <= accepted[i].last)
            return true;
    return false;
}

bool line_insert(struct line *line, uint16_t character)
{
    if (line->length == LINE_MAX)
        return false;

    uint16_t *here = &line->text[line->cursor];

    memmove(here + 1, here, (line->length - line->cursor) * sizeof *here);
    *here = character;
    line->length++;
    line->cursor++;
    return true;
}

size_t line_word_left(const struct line *line)
{
    size_t position = line->cursor;

    while (position > 0 && line->text[position - 1] == ' ')
        position--;
    while (position > 0 && line->text[position - 1] != ' ')
        position--;
    return position;
}

size_t line_word_right(const struct line *line)
{
    size_t position = line->cursor;

    while (position < line->length && line->text[position] == ' ')
        position++;
    while (position < line->length && line->text[position] != ' ')
        position++;
    return position;
}

void line_erase(struct line *line, size_t from, size_t to)
{
    memmove(&line->text[from], &line->text[to], (line->length - to) * sizeof line->text[0]);
    line->length -= to - from;
    if (line->cursor >= to)
        line->cursor -= to - from;
    else if (line->cursor > from)
        line->cursor = from;
}

void line_text(char text[LINE_TEXT_SIZE], const struct line *line)
{
    char *end = text;

    for (size_t i = 0; i < line->length; i++)
        end += utf8_encode(end, line->text[i]);
    *end = '\0';
}
