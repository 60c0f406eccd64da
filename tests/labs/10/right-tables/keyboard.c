/*
 * keyboard.c - rows of keys, and a decoder that is in one of three states; the queue counts what is in it
 */
#include "keyboard.h"

#include <stddef.h>

#include "lib/port.h"

struct row {
    uint8_t first; /* scancode of its first key */
    const char *plain, *large;
};

static const struct row rows[] = {
    { 0x02, "1234567890-=\b\t", "!@#$%^&*()_+\b\t" },
    { 0x10, "qwertyuiop[]\n", "QWERTYUIOP{}\n" },
    { 0x1e, "asdfghjkl;'`", "ASDFGHJKL:\"~" },
    { 0x2b, "\\zxcvbnm,./", "|ZXCVBNM<>?" },
    { 0x39, " ", " " },
};

enum state { PLAIN, AFTER_PREFIX };

static enum state state;
static unsigned held; /* bit 0: the left Shift key; bit 1: the right one */

static struct {
    uint8_t bytes[KEYBOARD_ROOM];
    unsigned first, number, lost;
} queue;

static size_t length(const char *text)
{
    size_t n = 0;

    while (text[n] != '\0')
        n++;
    return n;
}

static char character(uint8_t code)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];

        if (code >= row->first && (size_t)(code - row->first) < length(row->plain))
            return (held ? row->large : row->plain)[code - row->first];
    }
    return '\0';
}

static void put(char c)
{
    if (c == '\0')
        return;
    if (queue.number == KEYBOARD_ROOM) {
        queue.lost++;
        return;
    }
    queue.bytes[(queue.first + queue.number) % KEYBOARD_ROOM] = (uint8_t)c;
    queue.number++;
}

static void plain(uint8_t code)
{
    switch (code) {
    case 0xe0: state = AFTER_PREFIX; break;
    case 0x2a: held |= 1; break;
    case 0xaa: held &= ~1u; break;
    case 0x36: held |= 2; break;
    case 0xb6: held &= ~2u; break;
    default:
        if (code < 0x80)
            put(character(code));
    }
}

void keyboard_setup(void)
{
    for (int i = 0; i < 16; i++)
        inb(0x60);
    outb(0x21, inb(0x21) & 0xfd);
}

void keyboard_interrupt(void)
{
    uint8_t code = inb(0x60);

    outb(0x20, 0x61);
    if (state == AFTER_PREFIX)
        state = PLAIN;
    else
        plain(code);
}

/* The handler changes the number as well, so it must not come in between. */
int keyboard_next(void)
{
    uint64_t flags;
    int c = -1;

    __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
    if (queue.number > 0) {
        c = queue.bytes[queue.first];
        queue.first = (queue.first + 1) % KEYBOARD_ROOM;
        queue.number--;
    }
    __asm__ volatile("pushq %0; popfq" : : "r"(flags) : "memory", "cc");
    return c;
}

unsigned keyboard_lost(void)
{
    return *(volatile unsigned *)&queue.lost;
}
