/*
 * fuzz_terminal.c - any bytes from the serial line; byte FFh lets the time pass.
 *
 * Every sequence must end: after a pause the decoder is back in its first state.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/input/internal/terminal.h"
#include "kernel/input/key_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_keys(const key_code *keys, size_t count)
{
    require(count <= TERMINAL_KEYS_MAX);
    for (size_t i = 0; i < count; i++) {
        char name[KEY_NAME_SIZE];
        key_code code = keys[i] & KEY_CODE_MASK;

        require(keys[i] == 0 || (code <= KEY_F12 && (code < 0xd800 || code > 0xdfff)));
        key_name(name, keys[i]);
        require(strlen(name) < KEY_NAME_SIZE - 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct terminal terminal = {0};

    for (size_t i = 0; i < size; i++) {
        key_code keys[TERMINAL_KEYS_MAX];

        check_keys(keys, terminal_decode(&terminal, data[i], keys));
        if (data[i] == 0xff && terminal_is_waiting(&terminal))
            check_keys(keys, terminal_timeout(&terminal, keys));
    }
    if (terminal_is_waiting(&terminal)) {
        key_code keys[TERMINAL_KEYS_MAX];

        check_keys(keys, terminal_timeout(&terminal, keys));
        require(!terminal_is_waiting(&terminal));
    }
    return 0;
}
