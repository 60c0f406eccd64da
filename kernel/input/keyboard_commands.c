/*
 * keyboard_commands.c - the dialogue that enables the keyboard and sets its lights.
 *
 * keyboard_device.c drives it.  If an answer never arrives, the next change of
 * a lock starts over: to the keyboard, a new command ends the previous one.
 */
#include "kernel/input/internal/keyboard_commands.h"

#define ENABLE_SCANNING 0xf4
#define SET_LIGHTS 0xed
#define ACKNOWLEDGE 0xfa
#define RESEND 0xfe
#define REFUSALS_MAX 3

static void enter(struct keyboard_commands *commands, enum keyboard_command next)
{
    commands->now = next;
    commands->refusals = 0;
    commands->to_send = next != KEYBOARD_TOLD_ALL;
}

static uint8_t byte_of(const struct keyboard_commands *commands)
{
    switch (commands->now) {
    case KEYBOARD_ENABLE: return ENABLE_SCANNING;
    case KEYBOARD_LIGHTS: return SET_LIGHTS;
    default: return commands->lights;
    }
}

int keyboard_commands_next(struct keyboard_commands *commands, uint8_t lights)
{
    if (commands->now == KEYBOARD_TOLD_NOTHING)
        enter(commands, KEYBOARD_ENABLE);
    else if (commands->lights != lights)
        enter(commands, KEYBOARD_LIGHTS);
    commands->lights = lights;
    if (!commands->to_send)
        return -1;
    commands->to_send = false;
    return byte_of(commands);
}

bool keyboard_commands_answer(struct keyboard_commands *commands, uint8_t byte)
{
    bool asked = commands->now != KEYBOARD_TOLD_NOTHING && commands->now != KEYBOARD_TOLD_ALL &&
                 !commands->to_send;

    if (!asked || (byte != ACKNOWLEDGE && byte != RESEND))
        return false;
    commands->answered = true;
    if (byte == ACKNOWLEDGE)
        enter(commands, commands->now + 1);
    else if (++commands->refusals < REFUSALS_MAX)
        commands->to_send = true;
    else if (commands->now == KEYBOARD_ENABLE)
        enter(commands, KEYBOARD_LIGHTS); /* it may have been enabled all along */
    else
        enter(commands, KEYBOARD_TOLD_ALL);
    return true;
}
