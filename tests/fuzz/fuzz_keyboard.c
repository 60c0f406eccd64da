/*
 * fuzz_keyboard.c - any bytes from the keyboard, in any layout, mixed with any answers.
 */
#include <stdlib.h>

#include "kernel/input/keyboard.h"
#include "kernel/input/internal/keyboard_commands.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_key(key_code key)
{
    key_code code = key & KEY_CODE_MASK;

    require(code != 0 && code <= KEY_F12);
    require((key & ~(KEY_CODE_MASK | KEY_SHIFT | KEY_CTRL | KEY_ALT)) == 0);
    require(!(key & KEY_SHIFT) || code >= KEY_UP); /* 'A' already implies it */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct keyboard keyboard = {0};
    struct keyboard_commands commands = {0};

    if (size == 0)
        return 0;
    keyboard.layout = &keyboard_layouts[data[0] % keyboard_layout_count];
    for (size_t i = 1; i < size; i++) {
        key_code keys[KEYBOARD_KEYS_MAX];

        require(keyboard_commands_next(&commands, keyboard.locks) <= 0xff);
        if (keyboard_commands_answer(&commands, data[i]))
            continue;

        size_t count = keyboard_decode(&keyboard, data[i], keys);

        require(count <= KEYBOARD_KEYS_MAX);
        for (size_t k = 0; k < count; k++)
            check_key(keys[k]);
    }
    return 0;
}
