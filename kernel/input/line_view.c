/*
 * line_view.c - changes what the row shows into what it should show.  Called by
 * line_editor.c only.
 */
#include "kernel/input/line_view.h"

#include "lib/string.h"
#include "lib/utf8.h"

void line_view_reset(struct line_view *view)
{
    view->used = 0;
    view->column = 0;
    view->first = 0;
}

/*
 * Scrolls by half a row, so that some text is visible on both sides.  The first
 * and last cell may hold < and >.
 */
static void scroll_to_cursor(struct line_view *view, const struct line *line)
{
    bool left = view->first > 0 && line->cursor <= view->first;
    bool right = line->cursor + 1 >= view->first + view->width;

    if (line->length < view->width)
        view->first = 0;
    else if (left || right)
        view->first = line->cursor > view->width / 2 ? line->cursor - view->width / 2 : 0;
}

/* Fills `cells` with what the row should show; returns how many are used. */
static size_t compose(uint16_t *cells, const struct line_view *view, const struct line *line)
{
    size_t rest = line->length - view->first;
    size_t used = rest < view->width ? rest : view->width;

    memcpy(cells, &line->text[view->first], used * sizeof cells[0]);
    if (view->first > 0 && used > 0)
        cells[0] = '<';
    if (rest > view->width)
        cells[used - 1] = '>';
    return used;
}

static void write_cell(struct line_view *view, uint16_t character)
{
    char bytes[UTF8_MAX];

    view->write(view->context, bytes, utf8_encode(bytes, character));
    view->column++;
}

/* Moves left with backspaces, and right by writing what is already there again. */
static void move(struct line_view *view, size_t column)
{
    for (; view->column > column; view->column--)
        view->write(view->context, "\b", 1);
    while (view->column < column)
        write_cell(view, view->shown[view->column]);
}

/* Writes all cells from the first one that differs to the last. */
static void write_changes(struct line_view *view, const uint16_t *cells, size_t end)
{
    size_t from = 0;

    while (end > 0 && cells[end - 1] == view->shown[end - 1])
        end--;
    while (from < end && cells[from] == view->shown[from])
        from++;
    if (from == end)
        return;
    move(view, from);
    while (view->column < end) {
        view->shown[view->column] = cells[view->column];
        write_cell(view, cells[view->column]);
    }
}

static void blank(uint16_t *cells, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        cells[i] = ' ';
}

void line_view_update(struct line_view *view, const struct line *line)
{
    uint16_t cells[LINE_VIEW_MAX];

    scroll_to_cursor(view, line);

    size_t used = compose(cells, view, line);
    size_t end = used > view->used ? used : view->used;

    blank(cells, used, end);
    blank(view->shown, view->used, end);
    write_changes(view, cells, end);
    view->used = used;
    move(view, line->cursor - view->first);
}
