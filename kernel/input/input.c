/*
 * input.c - one stream of keys from two sources.
 *
 * The shell calls input_wait().
 */
#include "kernel/input/input.h"

#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/input/keyboard.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/input/terminal.h"
#include "lib/cpu.h"

#define KEYS_MAX 2

_Static_assert(KEYS_MAX >= KEYBOARD_KEYS_MAX && KEYS_MAX >= TERMINAL_KEYS_MAX, "room for either");

static struct terminal terminal;
static key_code keys[KEYS_MAX]; /* decoded, not yet fetched: at most one byte's */
static size_t key_count;
static size_t next_key;

void input_start(void)
{
    keyboard_device_start();
}

static void fetch(void)
{
    next_key = 0;
    keyboard_device_receive();
    key_count = keyboard_device_read(keys);
    if (key_count > 0)
        return;

    int byte = console_read_serial();

    if (byte >= 0)
        key_count = terminal_decode(&terminal, (uint8_t)byte, keys);
}

bool input_poll(key_code *key)
{
    if (next_key == key_count)
        fetch();
    if (next_key == key_count)
        return false;
    *key = keys[next_key++];
    return true;
}

key_code input_wait(void)
{
    key_code key;

    while (!input_poll(&key))
        cpu_relax();
    return key;
}
