/* keyboard_device.h - the PS/2 keyboard that this machine has, or has not. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H

#include <stddef.h>

#include "kernel/input/keyboard.h"

void keyboard_device_start(void);

/* Decodes what has come, up to the next key or two; never waits.  Stores keys, returns their number. */
size_t keyboard_device_read(key_code keys[KEYBOARD_KEYS_MAX]);

/* The layout can be changed between two keys. */
const struct keyboard_layout *keyboard_device_layout(void);
void keyboard_device_set_layout(const struct keyboard_layout *layout);

#endif
