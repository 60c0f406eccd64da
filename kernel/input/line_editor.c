/*
 * line_editor.c - what each key does to the line.  The shell's prompt calls it.
 */
#include "kernel/input/line_editor.h"

#include "kernel/input/internal/line_completion.h"
#include "lib/string.h"

#define CONTROL(letter) (0x1f & (letter))
#define DELETE_CODE 0x7f /* what most terminals send for Backspace */
#define COLUMNS 80
#define DROPPED "^C"

void line_editor_start(struct line_editor *editor, const char *prompt, line_words *words,
                       line_writer *write, void *context)
{
    memset(editor, 0, sizeof *editor);
    editor->prompt = prompt;
    editor->words = words;
    editor->view.write = write;
    editor->view.context = context;
    editor->view.width = COLUMNS - strlen(prompt) - strlen(DROPPED); /* so that it never wraps */
}

static void write_text(struct line_editor *editor, const char *text)
{
    editor->view.write(editor->view.context, text, strlen(text));
}

static void show(struct line_editor *editor)
{
    line_view_update(&editor->view, line_history_current(&editor->history));
}

void line_editor_prompt(struct line_editor *editor)
{
    write_text(editor, editor->prompt);
    line_view_reset(&editor->view);
    show(editor);
}

/* Ends the row with as much of the line as fits, the cursor after it. */
static void leave_row(struct line_editor *editor, const char *text)
{
    struct line *line = line_history_current(&editor->history);

    line->cursor = line->length;
    show(editor);
    write_text(editor, text);
}

static enum line_result enter(struct line_editor *editor)
{
    leave_row(editor, "\n");
    line_text(editor->text, line_history_current(&editor->history));
    line_history_enter(&editor->history);
    return LINE_DONE;
}

static enum line_result drop(struct line_editor *editor)
{
    leave_row(editor, DROPPED "\n");
    line_history_drop(&editor->history);
    return LINE_DROPPED;
}

/* False if the cursor is there already. */
static bool move(struct line *line, size_t to)
{
    bool moved = line->cursor != to;

    line->cursor = to;
    return moved;
}

static bool erase(struct line *line, size_t from, size_t to)
{
    if (from < to)
        line_erase(line, from, to);
    return from < to;
}

static bool insert(struct line *line, key_code key)
{
    return line_accepts(key) && line_insert(line, (uint16_t)key);
}

static bool complete(struct line_editor *editor, struct line *line)
{
    switch (line_complete(line, editor->words)) {
    case COMPLETION_NONE: return false;
    case COMPLETION_INSERTED: return true;
    case COMPLETION_AMBIGUOUS: break;
    }
    write_text(editor, "\n");
    line_completion_list(&editor->view, line, editor->words);
    line_editor_prompt(editor);
    return true;
}

/* False if the key has no effect here. */
static bool edit(struct line_editor *editor, struct line *line, key_code key)
{
    size_t left = line->cursor > 0 ? line->cursor - 1 : 0;
    size_t right = line->cursor < line->length ? line->cursor + 1 : line->length;

    switch (key) {
    case KEY_LEFT:
    case CONTROL('B'): return move(line, left);
    case KEY_RIGHT:
    case CONTROL('F'): return move(line, right);
    case KEY_LEFT | KEY_CTRL:
    case 'b' | KEY_ALT: return move(line, line_word_left(line));
    case KEY_RIGHT | KEY_CTRL:
    case 'f' | KEY_ALT: return move(line, line_word_right(line));
    case KEY_HOME:
    case CONTROL('A'): return move(line, 0);
    case KEY_END:
    case CONTROL('E'): return move(line, line->length);
    case '\b':
    case DELETE_CODE: return erase(line, left, line->cursor);
    case KEY_DELETE:
    case CONTROL('D'): return erase(line, line->cursor, right);
    case CONTROL('W'): return erase(line, line_word_left(line), line->cursor);
    case CONTROL('U'): return erase(line, 0, line->cursor);
    case CONTROL('K'): return erase(line, line->cursor, line->length);
    case KEY_UP:
    case CONTROL('P'): return line_history_up(&editor->history);
    case KEY_DOWN:
    case CONTROL('N'): return line_history_down(&editor->history);
    case '\t': return complete(editor, line);
    default: return insert(line, key);
    }
}

enum line_result line_editor_key(struct line_editor *editor, key_code key)
{
    switch (key) {
    case '\n':
    case '\r': return enter(editor);
    case CONTROL('C'): return drop(editor);
    case CONTROL('L'): return LINE_CLEAR;
    default: break;
    }
    if (!edit(editor, line_history_current(&editor->history), key))
        write_text(editor, "\a");
    show(editor);
    return LINE_MORE;
}
