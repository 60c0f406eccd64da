/*
 * keyboard.c - one table of both characters of each key; the PICs need no end of the interrupt (timer.c)
 */
#include "keyboard.h"

#include "lib/port.h"
#include "lib/string.h"

#define KEY(plain, large) { plain, large }
#define LETTER(c) { c, c - 'a' + 'A' }

static const char keys[][2] = {
    [0x02] = KEY('1', '!'), [0x03] = KEY('2', '@'), [0x04] = KEY('3', '#'), [0x05] = KEY('4', '$'),
    [0x06] = KEY('5', '%'), [0x07] = KEY('6', '^'), [0x08] = KEY('7', '&'), [0x09] = KEY('8', '*'),
    [0x0a] = KEY('9', '('), [0x0b] = KEY('0', ')'), [0x0e] = KEY('\b', '\b'),
    [0x10] = LETTER('q'), [0x11] = LETTER('w'), [0x12] = LETTER('e'), [0x13] = LETTER('r'),
    [0x14] = LETTER('t'), [0x15] = LETTER('y'), [0x16] = LETTER('u'), [0x17] = LETTER('i'),
    [0x18] = LETTER('o'), [0x19] = LETTER('p'), [0x1c] = KEY('\n', '\n'),
    [0x1e] = LETTER('a'), [0x1f] = LETTER('s'), [0x20] = LETTER('d'), [0x21] = LETTER('f'),
    [0x22] = LETTER('g'), [0x23] = LETTER('h'), [0x24] = LETTER('j'), [0x25] = LETTER('k'),
    [0x26] = LETTER('l'),
    [0x2c] = LETTER('z'), [0x2d] = LETTER('x'), [0x2e] = LETTER('c'), [0x2f] = LETTER('v'),
    [0x30] = LETTER('b'), [0x31] = LETTER('n'), [0x32] = LETTER('m'), [0x39] = KEY(' ', ' '),
};

static uint8_t is_down[256]; /* of each scancode; those after a prefix from 128 on */
static uint8_t prefix;
static char waiting[KEYBOARD_ROOM];
static volatile unsigned number, lost;

static void type(char c)
{
    if (c == '\0')
        return;
    if (number < sizeof waiting)
        waiting[number++] = c;
    else
        lost++;
}

void keyboard_setup(void)
{
    while ((inb(0x64) & 1) != 0)
        (void)inb(0x60);
    outb(0x21, inb(0x21) & ~2);
}

void keyboard_interrupt(void)
{
    uint8_t code = inb(0x60);

    if (code == 0xe0) {
        prefix = 0x80;
        return;
    }

    uint8_t key = code & 0x7f;

    is_down[key | prefix] = code < 0x80;
    if (code < 0x80 && prefix == 0 && key < sizeof keys / sizeof keys[0])
        type(keys[key][is_down[0x2a] | is_down[0x36]]);
    prefix = 0;
}

/* The oldest is the first one; the others move up.  The kernel may be interrupted here, so not by a key. */
int keyboard_next(void)
{
    uint8_t masks = inb(0x21);
    int c = -1;

    outb(0x21, masks | 2);
    if (number > 0) {
        c = waiting[0];
        memmove(waiting, waiting + 1, --number);
    }
    outb(0x21, masks);
    return c;
}

unsigned keyboard_lost(void)
{
    return lost;
}
