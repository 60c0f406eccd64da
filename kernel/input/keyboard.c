/*
 * keyboard.c - polls the keyboard controller and decodes scancode set 1.
 *
 * Owns ports 60h and 64h while the shell runs.  The firmware left the keyboard
 * enabled, with the controller translating to set 1.  Nothing waits: no key,
 * a mouse or no controller at all (it reads FFh) are no character.
 * Scancodes: IBM PS/2 Hardware Interface Technical Reference, Keyboards.
 */
#include "kernel/input/keyboard.h"

#include "lib/port.h"

#define I8042_DATA 0x60
#define I8042_STATUS 0x64
#define I8042_OUTPUT_FULL 0x01
#define I8042_AUXILIARY 0x20 /* the byte is the mouse's */
#define I8042_ABSENT 0xff

#define PREFIX_EXTENDED 0xe0
#define PREFIX_PAUSE 0xe1    /* E1 1D 45 E1 9D C5: each E1 with two codes more */
#define RELEASED 0x80        /* the key went up */

#define KEY_CONTROL 0x1d
#define KEY_LEFT_SHIFT 0x2a
#define KEY_RIGHT_SHIFT 0x36
#define KEY_CAPS_LOCK 0x3a

#define HELD_LEFT_SHIFT 0x01
#define HELD_RIGHT_SHIFT 0x02
#define HELD_LEFT_CONTROL 0x04
#define HELD_RIGHT_CONTROL 0x08
#define HELD_SHIFT (HELD_LEFT_SHIFT | HELD_RIGHT_SHIFT)
#define HELD_CONTROL (HELD_LEFT_CONTROL | HELD_RIGHT_CONTROL)

#define KEYS 0x58

/* Four rows of the main block, then the keypad: digits whatever Num Lock says. */
static const char plain[KEYS] = {
    [0x02] = '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=', '\b', '\t',
    [0x10] = 'q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', '[', ']', '\n',
    [0x1e] = 'a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', ';', '\'', '`',
    [0x2b] = '\\', 'z', 'x', 'c', 'v', 'b', 'n', 'm', ',', '.', '/',
    [0x37] = '*', [0x39] = ' ',
    [0x47] = '7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.',
    [0x56] = '\\', /* the key beside left Shift on ISO keyboards */
};

static const char shifted[KEYS] = {
    [0x02] = '!', '@', '#', '$', '%', '^', '&', '*', '(', ')', '_', '+', '\b', '\t',
    [0x10] = 'Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P', '{', '}', '\n',
    [0x1e] = 'A', 'S', 'D', 'F', 'G', 'H', 'J', 'K', 'L', ':', '"', '~',
    [0x2b] = '|', 'Z', 'X', 'C', 'V', 'B', 'N', 'M', '<', '>', '?',
    [0x37] = '*', [0x39] = ' ',
    [0x47] = '7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.',
    [0x56] = '|',
};

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static uint8_t modifier_of(uint8_t key, bool extended)
{
    if (key == KEY_CONTROL)
        return extended ? HELD_RIGHT_CONTROL : HELD_LEFT_CONTROL;
    if (extended) /* E0 2A and E0 36 surround the grey keys: no one pressed Shift */
        return 0;
    if (key == KEY_LEFT_SHIFT)
        return HELD_LEFT_SHIFT;
    return key == KEY_RIGHT_SHIFT ? HELD_RIGHT_SHIFT : 0;
}

/* Of the extended keys only the keypad's Enter and / are characters. */
static char extended_character(uint8_t key)
{
    if (key == 0x1c)
        return '\n';
    return key == 0x35 ? '/' : 0;
}

static char character_of(const struct keyboard *keyboard, uint8_t key)
{
    if (key >= KEYS)
        return 0;

    bool shift = keyboard->held & HELD_SHIFT;

    if (is_letter(plain[key])) {
        if (keyboard->held & HELD_CONTROL)
            return plain[key] & 0x1f;
        shift ^= keyboard->caps_lock;
    }
    return shift ? shifted[key] : plain[key];
}

static char key_pressed(struct keyboard *keyboard, uint8_t key, bool extended)
{
    keyboard->held |= modifier_of(key, extended);
    if (extended)
        return extended_character(key);
    if (key == KEY_CAPS_LOCK)
        keyboard->caps_lock = !keyboard->caps_lock;
    return character_of(keyboard, key);
}

char keyboard_decode(struct keyboard *keyboard, uint8_t scancode)
{
    if (keyboard->skip > 0) {
        keyboard->skip--;
        return 0;
    }
    if (scancode == PREFIX_PAUSE) {
        keyboard->skip = 2;
        return 0;
    }

    bool extended = keyboard->extended;

    keyboard->extended = scancode == PREFIX_EXTENDED;
    if (keyboard->extended)
        return 0;
    if (scancode & RELEASED) {
        keyboard->held &= (uint8_t)~modifier_of(scancode & 0x7f, extended);
        return 0;
    }
    return key_pressed(keyboard, scancode, extended);
}

char keyboard_poll(struct keyboard *keyboard)
{
    uint8_t status = inb(I8042_STATUS);

    if (status == I8042_ABSENT || !(status & I8042_OUTPUT_FULL))
        return 0;

    uint8_t byte = inb(I8042_DATA);

    return status & I8042_AUXILIARY ? 0 : keyboard_decode(keyboard, byte);
}
