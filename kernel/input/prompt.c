/*
 * prompt.c - the line editor on the console.  Called by the shell and the test runner.
 */
#include "kernel/input/prompt.h"

#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/input/input.h"

static void write_to_console(void *context, const char *text, size_t length)
{
    (void)context;
    printk("%.*s", (int)length, text);
}

void prompt_start(struct line_editor *editor, const char *prompt, line_words *words)
{
    line_editor_start(editor, prompt, words, write_to_console, NULL);
}

/*
 * The next key for the line; the keys that scroll back are handled here.  A
 * message that was logged meanwhile has overwritten the line, so the prompt is
 * printed again.
 */
static key_code next_key(struct line_editor *editor)
{
    uint64_t shown = log_shown();
    key_code key = 0;

    for (;;) {
        bool pressed = input_wait_once(&key);

        if (log_shown() != shown) {
            shown = log_shown();
            line_editor_prompt(editor);
        }
        if (!pressed)
            continue;
        if (key == (KEY_PAGE_UP | KEY_SHIFT))
            console_scroll_back(1);
        else if (key == (KEY_PAGE_DOWN | KEY_SHIFT))
            console_scroll_back(-1);
        else
            return key;
    }
}

static char *read_line(struct line_editor *editor)
{
    line_editor_prompt(editor);
    for (;;) {
        switch (line_editor_key(editor, next_key(editor))) {
        case LINE_MORE: break;
        case LINE_DONE: return editor->text;
        case LINE_CLEAR:
            console_clear();
            line_editor_prompt(editor);
            break;
        case LINE_DROPPED: line_editor_prompt(editor); break;
        }
    }
}

char *prompt_read(struct line_editor *editor)
{
    enum console_style before = console_style(CONSOLE_HEADING);
    char *line = read_line(editor);

    console_style(before);
    return line;
}
