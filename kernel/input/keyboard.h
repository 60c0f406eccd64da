/*
 * keyboard.h - what the scancodes of a PS/2 keyboard mean.
 *
 * Pure: keyboard_device.c supplies the bytes, and so do the unit tests.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keyboard_layout.h"
#include "kernel/input/keys.h"

/* The locks, as bits of the keyboard's command ED (set LEDs). */
#define LOCK_SCROLL 0x01
#define LOCK_NUM 0x02
#define LOCK_CAPS 0x04

/* All zero at first, except `layout` and, if the firmware knows their state, `locks`. */
struct keyboard {
    const struct keyboard_layout *layout;
    uint16_t held;      /* modifier keys that are down */
    uint8_t locks;      /* LOCK_... that are on */
    uint8_t locks_held; /* lock keys that are down: autorepeat must not toggle them */
    bool extended;      /* after E0h: the next code is of a key that the PC/XT did not have */
    uint8_t skip;       /* codes of the Pause key still to be skipped */
    uint32_t dead;      /* an accent that is waiting for its letter, or 0 */
};

#define KEYBOARD_KEYS_MAX 2 /* an accent that met no letter, and the key after it */

/* The keyboard's code for "codes were lost"; also used when a queue overflows. */
#define KEYBOARD_OVERRUN 0xff

/*
 * Takes one code of scancode set 1, stores the keys that it completes and
 * returns their number, usually 0 or 1.  A key that is held down repeats.
 */
size_t keyboard_decode(struct keyboard *keyboard, uint8_t scancode,
                       key_code keys[KEYBOARD_KEYS_MAX]);

#endif
