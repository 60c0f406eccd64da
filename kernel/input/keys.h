/*
 * keys.h - a key press, whichever device it is from.
 *
 * Keyboard and serial port both deliver keys: a Unicode code point, or one of
 * KEY_UP and so on for the keys without a character, with the modifiers that
 * were held in the bits above.  Enter is '\n', Backspace '\b', Tab '\t', Escape
 * 1Bh; Ctrl and a letter is the letter's control code (Ctrl-A = 1) without
 * KEY_CTRL. KEY_SHIFT is not set for characters: 'A' already implies it.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYS_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYS_H

#include <stdint.h>

typedef uint32_t key_code;

#define KEY_CODE_MASK 0x001fffffu /* Unicode has 21 bits */

/* Codes that no character will ever have: they are after U+10FFFF. */
enum {
    KEY_UP = 0x110000,
    KEY_DOWN,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_HOME,
    KEY_END,
    KEY_INSERT,
    KEY_DELETE,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_F1, /* KEY_F1 + 11 is F12 */
    KEY_F12 = KEY_F1 + 11,
};

#define KEY_SHIFT (1u << 24)
#define KEY_CTRL (1u << 25)
#define KEY_ALT (1u << 26)

#endif
