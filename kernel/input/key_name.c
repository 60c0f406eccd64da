/*
 * key_name.c - names for keys.  Pure; the command "keys" prints them.
 */
#include "kernel/input/key_name.h"

#include <stdbool.h>
#include <stddef.h>

#include "lib/format.h"

static const char *const names[] = {
    [KEY_UP - KEY_UP] = "Up",           [KEY_DOWN - KEY_UP] = "Down",
    [KEY_LEFT - KEY_UP] = "Left",       [KEY_RIGHT - KEY_UP] = "Right",
    [KEY_HOME - KEY_UP] = "Home",       [KEY_END - KEY_UP] = "End",
    [KEY_INSERT - KEY_UP] = "Insert",   [KEY_DELETE - KEY_UP] = "Delete",
    [KEY_PAGE_UP - KEY_UP] = "Page Up", [KEY_PAGE_DOWN - KEY_UP] = "Page Down",
};

static const char *control_name(key_code code)
{
    switch (code) {
    case '\n': return "Enter";
    case '\b': return "Backspace";
    case '\t': return "Tab";
    case '\033': return "Escape";
    case ' ': return "Space";
    default: return NULL;
    }
}

static const char *fixed_name(key_code code)
{
    if (code >= KEY_UP && code < KEY_F1)
        return names[code - KEY_UP];
    return control_name(code);
}

static bool is_control_code(key_code code)
{
    return code < ' ' && control_name(code) == NULL;
}

void key_name(char name[KEY_NAME_SIZE], key_code key)
{
    key_code code = key & KEY_CODE_MASK;
    bool control = key & KEY_CTRL || is_control_code(code);
    size_t length = format_string(name, KEY_NAME_SIZE, "%s%s%s", control ? "Ctrl-" : "",
                                  key & KEY_ALT ? "Alt-" : "", key & KEY_SHIFT ? "Shift-" : "");
    char *rest = name + length;
    size_t room = KEY_NAME_SIZE - length;

    if (fixed_name(code) != NULL)
        format_string(rest, room, "%s", fixed_name(code));
    else if (is_control_code(code))
        format_string(rest, room, "%c", (int)(code + '@'));
    else if (code >= KEY_F1 && code <= KEY_F12)
        format_string(rest, room, "F%u", code - KEY_F1 + 1);
    else if (code < 0x7f)
        format_string(rest, room, "%c", (int)code);
    else
        format_string(rest, room, "U+%04X", code);
}
