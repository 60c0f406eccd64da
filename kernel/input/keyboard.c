/*
 * keyboard.c - from scancodes (set 1) to keys: modifiers, locks, layouts, accents.
 *
 * Pure; keyboard_device.c calls it for each byte that the controller sent.
 * Follows IBM's PS/2 Hardware Interface Technical Reference, "Keyboards".
 */
#include "kernel/input/keyboard.h"

#define PREFIX_EXTENDED 0xe0
#define PREFIX_PAUSE 0xe1 /* E1 1D 45 E1 9D C5: two more codes after each E1 */
#define RELEASED 0x80     /* set when the key is released */
#define OVERRUN_SET_1 0x00

enum {
    SCANCODE_ESCAPE = 0x01,
    SCANCODE_BACKSPACE = 0x0e,
    SCANCODE_TAB = 0x0f,
    SCANCODE_ENTER = 0x1c,
    SCANCODE_CONTROL = 0x1d,
    SCANCODE_LEFT_SHIFT = 0x2a,
    SCANCODE_SLASH = 0x35,
    SCANCODE_RIGHT_SHIFT = 0x36,
    SCANCODE_KEYPAD_STAR = 0x37,
    SCANCODE_ALT = 0x38,
    SCANCODE_SPACE = 0x39,
    SCANCODE_CAPS_LOCK = 0x3a,
    SCANCODE_F1 = 0x3b,
    SCANCODE_F10 = 0x44,
    SCANCODE_NUM_LOCK = 0x45,
    SCANCODE_SCROLL_LOCK = 0x46,
    SCANCODE_KEYPAD_7 = 0x47,
    SCANCODE_KEYPAD_POINT = 0x53,
    SCANCODE_F11 = 0x57,
    SCANCODE_F12 = 0x58,
};

#define HELD_LEFT_SHIFT 0x01
#define HELD_RIGHT_SHIFT 0x02
#define HELD_LEFT_CONTROL 0x04
#define HELD_RIGHT_CONTROL 0x08
#define HELD_LEFT_ALT 0x10
#define HELD_RIGHT_ALT 0x20
#define HELD_SHIFT (HELD_LEFT_SHIFT | HELD_RIGHT_SHIFT)
#define HELD_CONTROL (HELD_LEFT_CONTROL | HELD_RIGHT_CONTROL)

/* The keypad from 7 to the point: its characters, and its keys while Num Lock is off. */
static const char keypad_characters[] = "789-456+1230.";

static const key_code keypad_keys[] = {
    KEY_HOME,   KEY_UP,     KEY_PAGE_UP,   '-', /* 7 8 9 - */
    KEY_LEFT,   0,          KEY_RIGHT,     '+', /* 4 5 6 + */
    KEY_END,    KEY_DOWN,   KEY_PAGE_DOWN,      /* 1 2 3 */
    KEY_INSERT, KEY_DELETE,                     /* 0 . */
};

_Static_assert(SCANCODE_KEYPAD_POINT - SCANCODE_KEYPAD_7 + 1 ==
                       sizeof keypad_keys / sizeof keypad_keys[0] &&
                   sizeof keypad_characters - 1 == sizeof keypad_keys / sizeof keypad_keys[0],
               "a key each");

static uint16_t modifier_of(uint8_t scancode, bool extended)
{
    switch (scancode) {
    case SCANCODE_CONTROL: return extended ? HELD_RIGHT_CONTROL : HELD_LEFT_CONTROL;
    case SCANCODE_ALT: return extended ? HELD_RIGHT_ALT : HELD_LEFT_ALT;
    case SCANCODE_LEFT_SHIFT: /* E0 2A and E0 36 surround the grey keys; Shift was not pressed */
        return extended ? 0 : HELD_LEFT_SHIFT;
    case SCANCODE_RIGHT_SHIFT: return extended ? 0 : HELD_RIGHT_SHIFT;
    default: return 0;
    }
}

static uint8_t lock_of(uint8_t scancode)
{
    switch (scancode) {
    case SCANCODE_CAPS_LOCK: return LOCK_CAPS;
    case SCANCODE_NUM_LOCK: return LOCK_NUM;
    case SCANCODE_SCROLL_LOCK: return LOCK_SCROLL;
    default: return 0;
    }
}

static bool altgr_held(const struct keyboard *keyboard)
{
    return keyboard->layout->has_altgr && keyboard->held & HELD_RIGHT_ALT;
}

static key_code modifiers(const struct keyboard *keyboard)
{
    uint16_t alt = keyboard->layout->has_altgr ? HELD_LEFT_ALT : HELD_LEFT_ALT | HELD_RIGHT_ALT;

    return (keyboard->held & HELD_SHIFT ? KEY_SHIFT : 0) |
           (keyboard->held & HELD_CONTROL ? KEY_CTRL : 0) | (keyboard->held & alt ? KEY_ALT : 0);
}

/* The character already includes the effect of Shift. */
static key_code character_key(const struct keyboard *keyboard, uint32_t character)
{
    return character | (modifiers(keyboard) & ~KEY_SHIFT);
}

/* The key of E0 and the scancode. */
static key_code extended_key(const struct keyboard *keyboard, uint8_t scancode)
{
    if (scancode == SCANCODE_ENTER)
        return character_key(keyboard, '\n');
    if (scancode == SCANCODE_SLASH)
        return character_key(keyboard, '/');
    if (scancode < SCANCODE_KEYPAD_7 || scancode > SCANCODE_KEYPAD_POINT)
        return 0;

    key_code key = keypad_keys[scancode - SCANCODE_KEYPAD_7]; /* laid out like the keypad */

    return key < KEY_UP ? 0 : key | modifiers(keyboard);
}

/* Shift inverts Num Lock here, so it is not reported with the key. */
static key_code keypad_key(const struct keyboard *keyboard, uint8_t scancode)
{
    uint8_t index = scancode - SCANCODE_KEYPAD_7;
    key_code key = keypad_keys[index];
    bool num_lock = keyboard->locks & LOCK_NUM;
    bool shift = keyboard->held & HELD_SHIFT;

    if (num_lock != shift || (key != 0 && key < KEY_UP))
        return character_key(keyboard, (uint8_t)keypad_characters[index]);
    return key == 0 ? 0 : key | (modifiers(keyboard) & ~KEY_SHIFT);
}

/* Keys that are the same in every layout; 0 for all others. */
static key_code common_key(const struct keyboard *keyboard, uint8_t scancode)
{
    switch (scancode) {
    case SCANCODE_ESCAPE: return character_key(keyboard, '\033');
    case SCANCODE_BACKSPACE: return character_key(keyboard, '\b');
    case SCANCODE_TAB: return character_key(keyboard, '\t');
    case SCANCODE_ENTER: return character_key(keyboard, '\n');
    case SCANCODE_SPACE: return character_key(keyboard, ' ');
    case SCANCODE_KEYPAD_STAR: return character_key(keyboard, '*');
    case SCANCODE_F11:
    case SCANCODE_F12: return (KEY_F1 + 10u + scancode - SCANCODE_F11) | modifiers(keyboard);
    }
    if (scancode >= SCANCODE_F1 && scancode <= SCANCODE_F10)
        return (KEY_F1 + (key_code)scancode - SCANCODE_F1) | modifiers(keyboard);
    if (scancode >= SCANCODE_KEYPAD_7 && scancode <= SCANCODE_KEYPAD_POINT)
        return keypad_key(keyboard, scancode);
    return 0;
}

/* A capital's code is 20h less than its small letter's, in ASCII as in Latin-1. */
static bool is_letter(uint32_t plain, uint32_t shifted)
{
    return plain >= 'a' && plain == shifted + ('a' - 'A');
}

static uint32_t layout_character(const struct keyboard *keyboard, uint8_t scancode)
{
    const struct keyboard_layout *layout = keyboard->layout;
    uint32_t plain = keyboard_layout_character(layout, LEVEL_PLAIN, scancode);
    uint32_t shifted = keyboard_layout_character(layout, LEVEL_SHIFT, scancode);
    bool shift = keyboard->held & HELD_SHIFT;

    if (altgr_held(keyboard))
        return keyboard_layout_character(layout, LEVEL_ALTGR, scancode);
    if (is_letter(plain, shifted) && keyboard->locks & LOCK_CAPS)
        shift = !shift;
    return shift ? shifted : plain;
}

/* Ctrl with a letter, or with one of [ \ ] ^ _, is a control code, as on a terminal. */
static key_code with_control(const struct keyboard *keyboard, uint32_t character)
{
    uint32_t capital = character >= 'a' && character <= 'z' ? character - 0x20 : character;

    if (!(keyboard->held & HELD_CONTROL) || capital <= '@' || capital > '_')
        return character_key(keyboard, character);
    return (capital & 0x1f) | (modifiers(keyboard) & KEY_ALT);
}

/* The key that was pressed, possibly a dead one; 0 if it means nothing. */
static key_code key_of(const struct keyboard *keyboard, uint8_t scancode, bool extended)
{
    if (extended)
        return extended_key(keyboard, scancode);

    key_code key = common_key(keyboard, scancode);
    uint32_t character = key == 0 ? layout_character(keyboard, scancode) : 0;

    return character == 0 ? key : with_control(keyboard, character);
}

/*
 * Combines the pending accent with `key`.  A letter that can carry the accent
 * is combined with it; a space, or the same accent again, gives the accent
 * alone. Before any other character the accent appears by itself; a key without
 * a character drops it.
 */
static size_t after_dead(struct keyboard *keyboard, key_code key, key_code keys[KEYBOARD_KEYS_MAX])
{
    uint32_t dead = keyboard->dead;
    uint32_t composed = keyboard_layout_compose(dead, key);

    keyboard->dead = 0;
    if (composed != 0 || key == ' ' || key == dead) {
        keys[0] = composed != 0 ? composed : dead;
        return 1;
    }
    if (key < ' ' || key > KEY_CODE_MASK || key >= KEY_UP) {
        keys[0] = key;
        return 1;
    }
    keys[0] = dead;
    keys[1] = key;
    return 2;
}

static size_t key_pressed(struct keyboard *keyboard, uint8_t scancode, bool extended,
                          key_code keys[KEYBOARD_KEYS_MAX])
{
    key_code key = key_of(keyboard, scancode, extended);

    if (key == 0)
        return 0;
    if (keyboard->dead != 0)
        return after_dead(keyboard, key, keys);
    if (keyboard_layout_is_dead(keyboard->layout, key)) {
        keyboard->dead = key;
        return 0;
    }
    keys[0] = key;
    return 1;
}

/* Tracks modifiers and locks; true if the key is one of them. */
static bool follow_state(struct keyboard *keyboard, uint8_t scancode, bool extended, bool released)
{
    uint16_t modifier = modifier_of(scancode, extended);
    uint8_t lock = extended ? 0 : lock_of(scancode);

    if (released) {
        keyboard->held &= (uint16_t)~modifier;
        keyboard->locks_held &= (uint8_t)~lock;
    } else {
        keyboard->held |= modifier;
        keyboard->locks ^= lock & (uint8_t)~keyboard->locks_held;
        keyboard->locks_held |= lock;
    }
    return modifier != 0 || lock != 0;
}

/* The lost bytes may include releases: a key that is up too early is better than a stuck one. */
static void release_all(struct keyboard *keyboard)
{
    keyboard->held = 0;
    keyboard->locks_held = 0;
    keyboard->extended = false;
    keyboard->skip = 0;
}

/* True if the code only announces the next ones. */
static bool is_prefix(struct keyboard *keyboard, uint8_t scancode)
{
    if (scancode == PREFIX_PAUSE)
        keyboard->skip = 2;
    else if (scancode == PREFIX_EXTENDED)
        keyboard->extended = true;
    else
        return false;
    return true;
}

size_t keyboard_decode(struct keyboard *keyboard, uint8_t scancode,
                       key_code keys[KEYBOARD_KEYS_MAX])
{
    if (scancode == OVERRUN_SET_1 || scancode == KEYBOARD_OVERRUN) {
        release_all(keyboard);
        return 0;
    }
    if (keyboard->skip > 0) {
        keyboard->skip--;
        return 0;
    }

    bool extended = keyboard->extended;

    keyboard->extended = false;
    if (is_prefix(keyboard, scancode))
        return 0;

    uint8_t key = scancode & (uint8_t)~RELEASED;
    bool released = scancode & RELEASED;

    if (follow_state(keyboard, key, extended, released) || released)
        return 0;
    return key_pressed(keyboard, key, extended, keys);
}
