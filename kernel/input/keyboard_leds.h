/*
 * keyboard_leds.h - telling the keyboard which of its lights are on.
 *
 * Command EDh, its acknowledgement, the lights, another acknowledgement; the
 * answers come between scancodes.  Nobody waits for them: the caller asks what to
 * send next and shows each byte that came.  Pure.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_LEDS_H
#define FIRSTLIGHT_KERNEL_INPUT_KEYBOARD_LEDS_H

#include <stdbool.h>
#include <stdint.h>

enum leds_state {
    LEDS_UNKNOWN, /* the firmware left them somehow */
    LEDS_SHOWN,   /* they are `value`, or the keyboard would not have it */
    LEDS_COMMAND, /* EDh is to be sent, or is sent and not acknowledged */
    LEDS_VALUE,   /* the same with `value` */
};

/* All zero at first. */
struct keyboard_leds {
    enum leds_state state;
    uint8_t value;
    uint8_t refusals; /* FEh, "send that again", in a row */
    bool to_send;
};

/* The next byte for the keyboard, so that its lights come to be `wanted`; -1 for none. */
int keyboard_leds_next(struct keyboard_leds *leds, uint8_t wanted);

/* Shows a byte from the keyboard; true if it was an answer and no scancode. */
bool keyboard_leds_answer(struct keyboard_leds *leds, uint8_t byte);

#endif
