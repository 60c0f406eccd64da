/*
 * fuzz_line_editor.c - any keys, against a model: a plain array and the row that a terminal shows.
 *
 * Two bytes make a key.  The model knows inserting, erasing one character and
 * moving; after any other key it copies the editor's line, once that is valid.
 */
#include "kernel/input/line_editor.h"
#include "tests/unit/terminal_row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMPT "> "
#define PROMPT_CELLS (sizeof PROMPT - 1)

static struct line_editor editor;
static struct terminal_row terminal;
static struct line model;

static void require(bool holds)
{
    if (!holds)
        abort();
}

static const char *word(size_t index)
{
    static const char *const words[] = {"help", "hello", "clear"};

    return index < sizeof words / sizeof words[0] ? words[index] : NULL;
}

static key_code key_from(uint8_t kind, uint8_t value)
{
    static const key_code modifiers[] = {0, KEY_SHIFT, KEY_CTRL, KEY_ALT};

    switch (kind % 4) {
    case 0: return value;
    case 1: return (key_code)(KEY_UP + value % 24) | modifiers[kind / 4 % 4];
    case 2: return (key_code)value << 5;
    default: return 'a' + value % 26u;
    }
}

static void model_insert(key_code key)
{
    if (!line_accepts(key) || model.length == LINE_MAX)
        return;
    for (size_t i = model.length++; i > model.cursor; i--)
        model.text[i] = model.text[i - 1];
    model.text[model.cursor++] = (uint16_t)key;
}

static void model_erase(size_t position)
{
    if (position >= model.length)
        return;
    for (size_t i = position; i + 1 < model.length; i++)
        model.text[i] = model.text[i + 1];
    model.length--;
    model.cursor = position;
}

/* False if the model does not know the key. */
static bool model_key(key_code key)
{
    if (key == KEY_LEFT)
        model.cursor -= model.cursor > 0;
    else if (key == KEY_RIGHT)
        model.cursor += model.cursor < model.length;
    else if (key == KEY_DELETE)
        model_erase(model.cursor);
    else if (key == '\b' && model.cursor > 0)
        model_erase(model.cursor - 1);
    else if (key >= ' ' && key != 0x7f && key < KEY_UP)
        model_insert(key);
    else
        return false;
    return true;
}

/* Each cell is the line's character there, or at the row's ends a sign that there is more. */
static void check_row(const struct line *line)
{
    size_t start = line->cursor + PROMPT_CELLS - terminal.column;
    size_t width = TERMINAL_COLUMNS - strlen("^C") - PROMPT_CELLS;

    require(terminal.column >= PROMPT_CELLS && start <= line->cursor);
    for (size_t i = 0; i < width; i++) {
        uint16_t cell = terminal.cells[PROMPT_CELLS + i];
        size_t at = start + i;

        if (i == 0 && start > 0)
            require(cell == '<');
        else if (i == width - 1 && at + 1 < line->length)
            require(cell == '>');
        else
            require(cell == (at < line->length ? line->text[at] : ' '));
    }
}

static void check(key_code key)
{
    const struct line *line = line_history_current(&editor.history);

    require(line->length <= LINE_MAX && line->cursor <= line->length);
    if (model_key(key)) {
        require(line->length == model.length && line->cursor == model.cursor);
        require(memcmp(line->text, model.text, line->length * sizeof line->text[0]) == 0);
    } else {
        model = *line;
    }
    check_row(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    memset(&terminal, 0, sizeof terminal);
    memset(&model, 0, sizeof model);
    terminal_row_blank(&terminal);
    line_editor_start(&editor, PROMPT, word, terminal_row_write, &terminal);
    line_editor_prompt(&editor);
    for (size_t i = 0; i + 1 < size; i += 2) {
        key_code key = key_from(data[i], data[i + 1]);

        if (line_editor_key(&editor, key) != LINE_MORE) {
            terminal_row_blank(&terminal);
            line_editor_prompt(&editor);
        }
        check(key);
    }
    return 0;
}
