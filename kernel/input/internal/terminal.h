/*
 * terminal.h - what the bytes of a serial terminal mean.
 *
 * Pure: serial_input.c brings the bytes and knows the time, the unit tests
 * bring theirs.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_TERMINAL_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keys.h"
#include "lib/utf8.h"

enum terminal_state {
    TERMINAL_GROUND,
    TERMINAL_ESCAPE,      /* ESC came: the Escape key, Alt and a key, or a sequence */
    TERMINAL_CSI,         /* ESC [ came: parameters, then a letter or ~ */
    TERMINAL_CSI_BRACKET, /* ESC [ [ came: the Linux console's F1 to F5 */
    TERMINAL_SS3,         /* ESC O came: one letter */
};

#define TERMINAL_PARAMETERS 2 /* as many as a key has: its number, its modifiers */

/* All zero at first. */
struct terminal {
    enum terminal_state state;
    uint16_t parameters[TERMINAL_PARAMETERS];
    uint8_t parameter;    /* the one that is being read; beyond the last one they are ignored */
    struct utf8_decoder utf8;
    bool after_return;    /* a \n that follows belongs to the \r */
};

#define TERMINAL_KEYS_MAX 2 /* what a broken sequence was, and what broke it */

/*
 * Takes one byte and stores the keys that it completes: their number is
 * returned, mostly 0 or 1.  Bytes that are no UTF-8 are UTF8_REPLACEMENT.
 */
size_t terminal_decode(struct terminal *terminal, uint8_t byte, key_code keys[TERMINAL_KEYS_MAX]);

/*
 * True if what came last was ESC (or ESC [, ESC O) and only time can tell what
 * it means: a sequence's next byte comes at once, a person's next key does not.
 */
bool terminal_waits(const struct terminal *terminal);

/* The time is over: ESC was the Escape key, ESC [ was Alt-[ .  Keys as above. */
size_t terminal_timeout(struct terminal *terminal, key_code keys[TERMINAL_KEYS_MAX]);

#endif
