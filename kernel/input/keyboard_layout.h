/*
 * keyboard_layout.h - which character is on which key.
 *
 * A layout is a table of strings, in the order of the keys; what is the same on
 * every keyboard (Enter, the keypad, F1 ...) is in keyboard.c.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_LAYOUT_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum keyboard_level { LEVEL_PLAIN, LEVEL_SHIFT, LEVEL_ALTGR, KEYBOARD_LEVELS };

enum keyboard_row {
    ROW_DIGITS,  /* scancodes 02-0D: from 1 to the key before Backspace */
    ROW_UPPER,   /* 10-1B: from Q to the key before Enter */
    ROW_HOME,    /* 1E-29: from A on, then the key left of 1 */
    ROW_LOWER,   /* 2B-35: the key beside Enter, then from Z on */
    ROW_ISO_KEY, /* 56: the key between left Shift and Z on ISO keyboards */
    KEYBOARD_ROWS,
};

struct keyboard_layout {
    const char *name;
    const char *description;
    /* UTF-16; a space, or the end of the string, is a key without a character */
    const uint16_t *rows[KEYBOARD_LEVELS][KEYBOARD_ROWS];
    const uint16_t *dead; /* characters that combine with the next letter */
    bool has_altgr;       /* the right Alt key selects LEVEL_ALTGR; otherwise it is a second Alt */
};

/* All layouts; the first one is what a keyboard starts with. */
extern const struct keyboard_layout keyboard_layouts[];
extern const size_t keyboard_layout_count;

/* The layout with that name, or NULL. */
const struct keyboard_layout *keyboard_layout_find(const char *name);

/* The character of a key; 0 if the layout has none there. */
uint32_t keyboard_layout_character(const struct keyboard_layout *layout, enum keyboard_level level,
                                   uint8_t scancode);

bool keyboard_layout_is_dead(const struct keyboard_layout *layout, uint32_t character);

/* `letter` with the accent `dead` on it; 0 if Latin-1 has no such letter. */
uint32_t keyboard_layout_compose(uint32_t dead, uint32_t letter);

#endif
