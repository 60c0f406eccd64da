/*
 * keyboard.c - lab 10: scancodes become characters
 */
#include "keyboard.h"

#include <stdbool.h>

#include "lib/port.h"

#define PIC1 0x20
#define PIC1_MASKS 0x21
#define LINE_1 0x02
#define END_OF_INTERRUPT 0x20

#define DATA 0x60
#define STATUS 0x64
#define OUTPUT_FULL 0x01 /* a byte waits at port 60h */

#define RELEASED 0x80
#define PREFIX 0xe0
#define LEFT_SHIFT 0x2a
#define RIGHT_SHIFT 0x36

/* The character of each scancode; a zero is a key without one. */
static const char characters[128] = "\0\0331234567890-=\b\tqwertyuiop[]\n\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
static const char shifted[128] = "\0\033!@#$%^&*()_+\b\tQWERTYUIOP{}\n\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

static bool left_shift, right_shift;

/* Both indices only ever increase; their difference is the number of characters that wait. */
static char queue[KEYBOARD_ROOM];
static volatile unsigned stored, fetched, lost;

void keyboard_setup(void)
{
    while (inb(STATUS) & OUTPUT_FULL)
        inb(DATA);
    outb(PIC1_MASKS, inb(PIC1_MASKS) & (uint8_t)~LINE_1);
}

static void store(char c)
{
    if (stored - fetched == KEYBOARD_ROOM)
        lost++;
    else
        queue[stored++ % KEYBOARD_ROOM] = c;
}

static void take(uint8_t code)
{
    bool pressed = !(code & RELEASED);
    uint8_t key = code & (uint8_t)~RELEASED;

    if (code == PREFIX)
        return;
    if (key == LEFT_SHIFT)
        left_shift = pressed;
    else if (key == RIGHT_SHIFT)
        right_shift = pressed;
    else if (pressed && characters[key] != '\0')
        store(left_shift || right_shift ? shifted[key] : characters[key]);
}

void keyboard_interrupt(void)
{
    take(inb(DATA));
    outb(PIC1, END_OF_INTERRUPT);
}

int keyboard_next(void)
{
    if (stored == fetched)
        return -1;

    uint8_t c = (uint8_t)queue[fetched % KEYBOARD_ROOM];

    fetched++;
    return c;
}

unsigned keyboard_lost(void)
{
    return lost;
}
