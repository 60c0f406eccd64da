/*
 * terminal.h - what the bytes of a serial terminal mean.
 *
 * Pure: serial_input.c supplies the bytes and keeps the time; the unit tests do the same.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_TERMINAL_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/input/keys.h"
#include "lib/csi.h"
#include "lib/utf8.h"

enum terminal_state {
    TERMINAL_GROUND,
    TERMINAL_ESCAPE,      /* after ESC: the Escape key, Alt and a key, or a sequence */
    TERMINAL_CSI,         /* after ESC [: parameters, then a letter or ~ */
    TERMINAL_CSI_BRACKET, /* after ESC [ [: the Linux console's F1 to F5 */
    TERMINAL_SS3,         /* after ESC O: one letter */
};

/* All zero at first. */
struct terminal {
    enum terminal_state state;
    struct csi csi; /* of a key: its number, then its modifiers */
    struct utf8_decoder utf8;
    bool after_return; /* a \n right after it belongs to the \r */
};

#define TERMINAL_KEYS_MAX 2 /* what a broken sequence gave, and the byte that broke it */

/*
 * Takes one byte, stores the keys that it completes and returns their number,
 * usually 0 or 1.  Bytes that are not valid UTF-8 become UTF8_REPLACEMENT.
 */
size_t terminal_decode(struct terminal *terminal, uint8_t byte, key_code keys[TERMINAL_KEYS_MAX]);

/*
 * True after ESC (or ESC [, ESC O), whose meaning only time can tell: the next
 * byte of a sequence follows at once, the next key of a person does not.
 */
bool terminal_is_waiting(const struct terminal *terminal);

/* No byte followed in time: ESC was the Escape key, ESC [ was Alt-[ .  Keys as above. */
size_t terminal_timeout(struct terminal *terminal, key_code keys[TERMINAL_KEYS_MAX]);

#endif
