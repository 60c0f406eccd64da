/* keyboard_device.h - the machine's PS/2 keyboard, if it has one. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keyboard.h"

/* Finds the controller and begins its tests; they progress while bytes are received and read. */
void keyboard_device_start(void);

/* Reports once if there is no keyboard or its controller failed a test, as far as is known. */
void keyboard_device_report(void);

/* Queues the controller's bytes.  This is the interrupt handler; polling calls it also. */
void keyboard_device_receive(void);

/* True if bytes are queued. */
bool keyboard_device_waiting(void);

/* Decodes queued bytes up to the next key: stores one key or two, returns their number. */
size_t keyboard_device_read(key_code keys[KEYBOARD_KEYS_MAX]);

/* The LOCK_... that are on. */
uint8_t keyboard_device_locks(void);

/* The layout can be changed between any two keys. */
const struct keyboard_layout *keyboard_device_layout(void);
void keyboard_device_set_layout(const struct keyboard_layout *layout);

#endif
