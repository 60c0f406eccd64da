/*
 * keyboard.h - the PS/2 keyboard: scancodes in, US characters out.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

/* All zero at first. */
struct keyboard {
    uint8_t held;       /* modifier keys that are down */
    bool caps_lock;
    bool extended;      /* E0h came: the next code is of a key that the PC/XT did not have */
    uint8_t skip;       /* codes of the Pause key still to come */
};

/*
 * Takes one code of scancode set 1; returns the character that it completes,
 * or 0.  Enter is \n, Backspace \b; with Ctrl a letter is its control code.
 */
char keyboard_decode(struct keyboard *keyboard, uint8_t scancode);

/* Looks once whether the controller has a code; a character, or 0. */
char keyboard_poll(struct keyboard *keyboard);

#endif
