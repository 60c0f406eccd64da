/*
 * keyboard.h - what the scancodes of a PS/2 keyboard mean.
 *
 * Pure: keyboard_device.c brings the bytes, the unit tests bring theirs.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keyboard_layout.h"
#include "kernel/input/keys.h"

/* The locks: the same bits as the keyboard's command ED (set LEDs) has. */
#define LOCK_SCROLL 0x01
#define LOCK_NUM 0x02
#define LOCK_CAPS 0x04

/* All zero at first, but for `layout` and, if the firmware knows better, `locks`. */
struct keyboard {
    const struct keyboard_layout *layout;
    uint16_t held;       /* modifier keys that are down */
    uint8_t locks;       /* LOCK_... that are on */
    uint8_t locks_held;  /* lock keys that are down: autorepeat must not toggle them */
    bool extended;       /* E0h came: the next code is of a key that the PC/XT did not have */
    uint8_t skip;        /* codes of the Pause key still to come */
    uint32_t dead;       /* an accent that waits for its letter, or 0 */
};

#define KEYBOARD_KEYS_MAX 2 /* an accent that found no letter, and what came instead */

/* "Codes were lost" in the keyboard's own words; a queue that overflows says it, too. */
#define KEYBOARD_OVERRUN 0xff

/*
 * Takes one code of scancode set 1 and stores the keys that it completes: their
 * number is returned, mostly 0 or 1.  A key that is held down repeats.
 */
size_t keyboard_decode(struct keyboard *keyboard, uint8_t scancode,
                       key_code keys[KEYBOARD_KEYS_MAX]);

#endif
