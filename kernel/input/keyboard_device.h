/* keyboard_device.h - the PS/2 keyboard that this machine has, or has not. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keyboard.h"

/* Finds the controller and begins its tests; they go on while bytes are received and read. */
void keyboard_device_start(void);

/* Says so, once, if there is no keyboard or its controller failed a test, as far as known. */
void keyboard_device_report(void);

/* Queues what the controller has.  The interrupt handler; polling calls it as well. */
void keyboard_device_receive(void);

/* True if bytes are queued. */
bool keyboard_device_waiting(void);

/* Decodes queued bytes up to the next key: stores it (or two), returns their number. */
size_t keyboard_device_read(key_code keys[KEYBOARD_KEYS_MAX]);

/* The LOCK_... that are on. */
uint8_t keyboard_device_locks(void);

/* The layout can be changed between any two keys. */
const struct keyboard_layout *keyboard_device_layout(void);
void keyboard_device_set_layout(const struct keyboard_layout *layout);

#endif
