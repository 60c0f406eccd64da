/*
 * line.c - the line editor behind the prompt.
 *
 * Serves keyboard and serial terminal alike; terminals differ in what Enter
 * and Backspace send, so every custom is accepted.  Escape sequences: ECMA-48
 * 5.4 (CSI) and the VT100's SS3.
 */
#include "kernel/input/line.h"

#define CONTROL(letter) ((letter) & 0x1f)
#define ESC '\033'
#define DEL '\177'

static void echo(struct line *line, const char *text, size_t count)
{
    line->echo = text;
    line->echo_count = count;
}

/* Takes `count` characters off the end, in the text and on the screen. */
static void erase(struct line *line, size_t count)
{
    line->length -= count;
    line->text[line->length] = '\0';
    echo(line, "\b \b", count);
}

static void insert(struct line *line, char c)
{
    if (line->length == LINE_MAX || c < ' ' || c == DEL) {
        echo(line, "\a", 1);
        return;
    }
    line->text[line->length++] = c;
    line->text[line->length] = '\0';
    line->echo_text[0] = c;
    echo(line, line->echo_text, 1);
}

/* True if `c` belongs to an escape sequence; it is then dealt with. */
static bool swallow_escape(struct line *line, char c)
{
    enum line_escape state = line->escape;

    if (c == ESC) {
        line->escape = LINE_ESCAPE;
        return true;
    }
    if (state == LINE_NO_ESCAPE)
        return false;
    line->escape = LINE_NO_ESCAPE;
    if (c >= 0 && c < ' ') /* a control code breaks the sequence off and counts */
        return false;
    if (state == LINE_ESCAPE && c == '[')
        line->escape = LINE_SEQUENCE;
    else if (state == LINE_ESCAPE && c == 'O')
        line->escape = LINE_ONE_MORE;
    else if (state == LINE_SEQUENCE && c < '@') /* parameters; the letter ends it */
        line->escape = LINE_SEQUENCE;
    return true;
}

static enum line_result end(struct line *line, enum line_result result, const char *text)
{
    line->ended = true;
    echo(line, text, 1);
    return result;
}

static enum line_result edit(struct line *line, char c)
{
    switch (c) {
    case '\r':
    case '\n':
        return end(line, LINE_DONE, "\n");
    case CONTROL('C'):
        erase(line, line->length);
        return end(line, LINE_DROPPED, "^C\n");
    case CONTROL('U'):
        erase(line, line->length);
        return LINE_MORE;
    case '\b':
    case DEL:
        erase(line, line->length > 0 ? 1 : 0);
        return LINE_MORE;
    default:
        insert(line, c == '\t' ? ' ' : c);
        return LINE_MORE;
    }
}

enum line_result line_input(struct line *line, char c)
{
    bool second_half = c == '\n' && line->after_return;

    line->after_return = c == '\r';
    echo(line, "", 0);
    if (second_half || swallow_escape(line, c))
        return LINE_MORE;
    if (line->ended) {
        line->ended = false;
        erase(line, line->length);
    }
    return edit(line, c);
}
