/*
 * a20.h - the gate on address line 20.
 */
#ifndef STAGE2_A20_H
#define STAGE2_A20_H

#include <stdbool.h>
#include <stdint.h>

/* How the line was enabled. */
enum a20_method {
    A20_ALREADY_ON,
    A20_BIOS,
    A20_KEYBOARD_CONTROLLER,
    A20_PORT_92,
    A20_FAILED,
};

/*
 * Tests, enables and tests again, one method after the other.  `low` and `high`
 * are 1 MiB apart: the same word if A20 is off.  Only `low` is written, and
 * then restored.
 */
enum a20_method a20_enable(volatile uint32_t *low, volatile uint32_t *high);

/* True if the two words are different memory. */
bool a20_is_on(volatile uint32_t *low, volatile uint32_t *high);

/*
 * Enables the line on this machine and prints how, or ends the boot; keeps it
 * enabled (a20_open.c).
 */
void a20_open(void);

#endif
