/*
 * keyboard_leds.c - the dialogue that sets the keyboard's lights.
 *
 * keyboard_device.c leads it.  If an answer never comes, the next change of a lock
 * starts over: to the keyboard, a command ends the one before.
 */
#include "kernel/input/keyboard_leds.h"

#define SET_LEDS 0xed
#define ACKNOWLEDGE 0xfa
#define RESEND 0xfe
#define REFUSALS_MAX 3

static void enter(struct keyboard_leds *leds, enum leds_state state)
{
    leds->state = state;
    leds->refusals = 0;
    leds->to_send = state == LEDS_COMMAND || state == LEDS_VALUE;
}

int keyboard_leds_next(struct keyboard_leds *leds, uint8_t wanted)
{
    if (leds->state == LEDS_UNKNOWN || leds->value != wanted) {
        leds->value = wanted;
        enter(leds, LEDS_COMMAND);
    }
    if (!leds->to_send)
        return -1;
    leds->to_send = false;
    return leds->state == LEDS_COMMAND ? SET_LEDS : leds->value;
}

bool keyboard_leds_answer(struct keyboard_leds *leds, uint8_t byte)
{
    bool asked = (leds->state == LEDS_COMMAND || leds->state == LEDS_VALUE) && !leds->to_send;

    if (!asked || (byte != ACKNOWLEDGE && byte != RESEND))
        return false;
    if (byte == ACKNOWLEDGE) {
        enter(leds, leds->state == LEDS_COMMAND ? LEDS_VALUE : LEDS_SHOWN);
    } else if (++leds->refusals == REFUSALS_MAX) {
        enter(leds, LEDS_SHOWN);
    } else {
        leds->to_send = true;
    }
    return true;
}
