/*
 * terminal.c - from a terminal's bytes to keys: UTF-8 and escape sequences.
 *
 * Pure; serial_input.c calls it for each byte that COM1 received.  Understands
 * what VT100, xterm, rxvt and the Linux console send: ECMA-48 5.4 (CSI), the
 * VT100's SS3, xterm's ctlseqs ("PC-Style Function Keys").
 */
#include "kernel/input/internal/terminal.h"

#define ESC 0x1b
#define DEL 0x7f

/* xterm's modifier parameter is 1 more than a sum of these. */
#define XTERM_SHIFT 1
#define XTERM_ALT 2
#define XTERM_CTRL 4

static const struct {
    uint8_t final;
    key_code key;
} keys_by_letter[] = {
    {'A', KEY_UP},     {'B', KEY_DOWN},   {'C', KEY_RIGHT},  {'D', KEY_LEFT},
    {'F', KEY_END},    {'H', KEY_HOME},   {'M', '\n'},       {'P', KEY_F1},
    {'Q', KEY_F1 + 1}, {'R', KEY_F1 + 2}, {'S', KEY_F1 + 3}, {'Z', '\t'},
};

/* CSI number ~; 16 and 22 were never used. */
static const key_code keys_by_number[] = {
    [1] = KEY_HOME,    [2] = KEY_INSERT,    [3] = KEY_DELETE,   [4] = KEY_END,
    [5] = KEY_PAGE_UP, [6] = KEY_PAGE_DOWN, [7] = KEY_HOME,     [8] = KEY_END,
    [11] = KEY_F1,     [12] = KEY_F1 + 1,   [13] = KEY_F1 + 2,  [14] = KEY_F1 + 3,
    [15] = KEY_F1 + 4, [17] = KEY_F1 + 5,   [18] = KEY_F1 + 6,  [19] = KEY_F1 + 7,
    [20] = KEY_F1 + 8, [21] = KEY_F1 + 9,   [23] = KEY_F1 + 10, [24] = KEY_F12,
};

static key_code key_of_letter(uint8_t final)
{
    for (size_t i = 0; i < sizeof keys_by_letter / sizeof keys_by_letter[0]; i++)
        if (keys_by_letter[i].final == final)
            return keys_by_letter[i].key;
    return 0;
}

static key_code key_of_number(uint16_t number)
{
    return number < sizeof keys_by_number / sizeof keys_by_number[0] ? keys_by_number[number] : 0;
}

static key_code modifiers_of(uint16_t parameter)
{
    unsigned bits = parameter > 1 ? parameter - 1u : 0;

    return (bits & XTERM_SHIFT ? KEY_SHIFT : 0) | (bits & XTERM_ALT ? KEY_ALT : 0) |
           (bits & XTERM_CTRL ? KEY_CTRL : 0);
}

static size_t store(key_code *keys, key_code key)
{
    keys[0] = key;
    return key != 0;
}

/* Terminals differ in what Enter and Backspace send; every variant is accepted. */
static key_code key_of_control(struct terminal *terminal, uint8_t byte)
{
    bool second_half = byte == '\n' && terminal->after_return;

    terminal->after_return = byte == '\r';
    if (second_half)
        return 0;
    if (byte == '\r')
        return '\n';
    return byte == DEL ? '\b' : byte;
}

/* Passes the next byte to the UTF-8 decoder; 0 while the character is incomplete. */
static key_code key_of_character(struct terminal *terminal, uint8_t byte)
{
    switch (utf8_decode(&terminal->utf8, byte)) {
    case UTF8_MORE: return 0;
    case UTF8_DONE: return terminal->utf8.character;
    default: return UTF8_REPLACEMENT;
    }
}

/* Outside a sequence and not in the middle of a character. */
static key_code ground(struct terminal *terminal, uint8_t byte)
{
    if (byte == ESC) {
        terminal->after_return = false;
        terminal->state = TERMINAL_ESCAPE;
        return 0;
    }
    if (byte < ' ' || byte == DEL)
        return key_of_control(terminal, byte);
    terminal->after_return = false;
    return key_of_character(terminal, byte);
}

static void begin_sequence(struct terminal *terminal, enum terminal_state state)
{
    terminal->state = state;
    terminal->csi = (struct csi){0};
}

/* ESC, then `byte`: the start of a sequence, Escape twice, or Alt and a key. */
static key_code after_escape(struct terminal *terminal, uint8_t byte)
{
    if (byte == '[') {
        begin_sequence(terminal, TERMINAL_CSI);
        return 0;
    }
    if (byte == 'O') {
        begin_sequence(terminal, TERMINAL_SS3);
        return 0;
    }
    if (byte == ESC) /* the second one may begin a sequence */
        return ESC;
    terminal->state = TERMINAL_GROUND;

    key_code key = ground(terminal, byte);

    return key == 0 || key == UTF8_REPLACEMENT ? key : key | KEY_ALT;
}

/* For CSI and SS3: parameters and intermediates are 20-3F, any other byte ends it. */
static key_code in_sequence(struct terminal *terminal, uint8_t byte)
{
    if (byte < '@') {
        csi_take(&terminal->csi, byte);
        return 0;
    }
    if (terminal->state == TERMINAL_CSI && byte == '[' && terminal->csi.parameters[0] == 0) {
        terminal->state = TERMINAL_CSI_BRACKET;
        return 0;
    }
    terminal->state = TERMINAL_GROUND;

    key_code key = byte == '~' ? key_of_number(terminal->csi.parameters[0]) : key_of_letter(byte);

    return key < KEY_UP ? key : key | modifiers_of(terminal->csi.parameters[1]);
}

static key_code linux_function_key(struct terminal *terminal, uint8_t byte)
{
    terminal->state = TERMINAL_GROUND;
    return byte >= 'A' && byte <= 'E' ? KEY_F1 + (key_code)(byte - 'A') : 0;
}

static key_code decode_plain(struct terminal *terminal, uint8_t byte)
{
    bool printable = byte >= ' ' && byte < DEL;

    if (terminal->state > TERMINAL_ESCAPE && !printable)
        terminal->state = TERMINAL_GROUND; /* a broken sequence; this byte starts afresh */
    switch (terminal->state) {
    case TERMINAL_ESCAPE: return after_escape(terminal, byte);
    case TERMINAL_CSI:
    case TERMINAL_SS3: return in_sequence(terminal, byte);
    case TERMINAL_CSI_BRACKET: return linux_function_key(terminal, byte);
    default: return ground(terminal, byte);
    }
}

size_t terminal_decode(struct terminal *terminal, uint8_t byte, key_code keys[TERMINAL_KEYS_MAX])
{
    if (terminal->utf8.bytes_left == 0)
        return store(keys, decode_plain(terminal, byte));
    if ((byte & 0xc0) == 0x80)
        return store(keys, key_of_character(terminal, byte));
    terminal->utf8.bytes_left = 0; /* an incomplete character; this byte starts a new one */
    keys[0] = UTF8_REPLACEMENT;
    return 1 + store(keys + 1, decode_plain(terminal, byte));
}

bool terminal_is_waiting(const struct terminal *terminal)
{
    return terminal->state != TERMINAL_GROUND;
}

size_t terminal_timeout(struct terminal *terminal, key_code keys[TERMINAL_KEYS_MAX])
{
    enum terminal_state state = terminal->state;
    bool parameters = terminal->csi.count > 0 || terminal->csi.parameters[0] > 0;

    terminal->state = TERMINAL_GROUND;
    if (state == TERMINAL_ESCAPE)
        return store(keys, ESC);
    if (state == TERMINAL_SS3 && !parameters)
        return store(keys, KEY_ALT | 'O');
    if (state == TERMINAL_CSI && !parameters)
        return store(keys, KEY_ALT | '[');
    return 0; /* an incomplete sequence */
}
