/*
 * line_history.c - entered lines, in a ring.  Called by line_editor.c only.
 */
#include "kernel/input/line_history.h"

#include "lib/string.h"

static struct line_history_entry *entry(struct line_history *history, size_t back)
{
    return &history->entries[(history->newest + LINE_HISTORY_MAX - back) % LINE_HISTORY_MAX];
}

struct line *line_history_current(struct line_history *history)
{
    return &entry(history, history->back)->edited;
}

bool line_history_up(struct line_history *history)
{
    if (history->back == history->older)
        return false;
    history->back++;
    return true;
}

bool line_history_down(struct line_history *history)
{
    if (history->back == 0)
        return false;
    history->back--;
    return true;
}

static bool same_text(const struct line *a, const struct line *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length * sizeof a->text[0]) == 0;
}

static bool worth_keeping(struct line_history *history, const struct line *line)
{
    return line->length > 0 &&
           (history->older == 0 || !same_text(line, &entry(history, 1)->entered));
}

void line_history_enter(struct line_history *history)
{
    struct line_history_entry *from = entry(history, history->back);
    struct line line = from->edited;

    line.cursor = line.length;
    from->edited = from->entered; /* empty for the newest one */
    history->back = 0;
    if (worth_keeping(history, &line)) {
        entry(history, 0)->entered = line;
        entry(history, 0)->edited = line;
        history->newest = (history->newest + 1) % LINE_HISTORY_MAX;
        if (history->older < LINE_HISTORY_MAX - 1)
            history->older++;
    }
    memset(entry(history, 0), 0, sizeof *from);
}

void line_history_drop(struct line_history *history)
{
    history->back = 0;
    memset(entry(history, 0), 0, sizeof *entry(history, 0));
}
