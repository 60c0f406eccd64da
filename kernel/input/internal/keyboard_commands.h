/*
 * keyboard_commands.h - commands to the keyboard: enable scanning, and set the lights.
 *
 * Command F4h and its acknowledgement; then EDh, its acknowledgement, the
 * lights, another acknowledgement.  The answers arrive between scancodes, and
 * nothing waits for them: the caller asks what to send next and passes on each
 * byte that it receives.  Pure.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_KEYBOARD_COMMANDS_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_KEYBOARD_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

/* Each but the first and the last: still to be sent, or sent and not acknowledged yet. */
enum keyboard_command {
    KEYBOARD_TOLD_NOTHING, /* as the firmware left it */
    KEYBOARD_ENABLE,       /* F4h */
    KEYBOARD_LIGHTS,       /* EDh */
    KEYBOARD_LIGHTS_VALUE, /* the byte after it */
    KEYBOARD_TOLD_ALL,     /* or it refused */
};

/* All zero at first. */
struct keyboard_commands {
    enum keyboard_command now;
    uint8_t lights;
    uint8_t refusals; /* how often the keyboard answered FEh, "resend", in a row */
    bool to_send;
    bool answered; /* at least once: there is a keyboard */
};

/* The next byte to send so that the lights become `lights`; -1 for none. */
int keyboard_commands_next(struct keyboard_commands *commands, uint8_t lights);

/* Takes a byte from the keyboard; true if it was an answer and not a scancode. */
bool keyboard_commands_answer(struct keyboard_commands *commands, uint8_t byte);

#endif
