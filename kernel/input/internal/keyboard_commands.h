/*
 * keyboard_commands.h - what the keyboard is told: to send keys, and which lights are on.
 *
 * Command F4h and its acknowledgement; then EDh, its acknowledgement, the lights, another
 * acknowledgement.  The answers come between scancodes, and nobody waits for them: the
 * caller asks what to send next and shows each byte that came.  Pure.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_KEYBOARD_COMMANDS_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_KEYBOARD_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

/* Each but the first and the last: is to be sent, or is sent and not acknowledged. */
enum keyboard_command {
    KEYBOARD_TOLD_NOTHING, /* the firmware left it somehow */
    KEYBOARD_ENABLE,       /* F4h */
    KEYBOARD_LIGHTS,       /* EDh */
    KEYBOARD_LIGHTS_VALUE, /* the byte after it */
    KEYBOARD_TOLD_ALL,     /* or it would not have it */
};

/* All zero at first. */
struct keyboard_commands {
    enum keyboard_command now;
    uint8_t lights;
    uint8_t refusals; /* FEh, "send that again", in a row */
    bool to_send;
    bool answered;    /* at least once: there is a keyboard */
};

/* The next byte for the keyboard, so that its lights come to be `lights`; -1 for none. */
int keyboard_commands_next(struct keyboard_commands *commands, uint8_t lights);

/* Shows a byte from the keyboard; true if it was an answer and not a scancode. */
bool keyboard_commands_answer(struct keyboard_commands *commands, uint8_t byte);

#endif
