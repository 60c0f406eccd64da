/*
 * a20.h - the gate on address line 20.
 */
#ifndef STAGE2_A20_H
#define STAGE2_A20_H

#include <stdbool.h>
#include <stdint.h>

/* How the line came to be on. */
enum a20_method {
    A20_ALREADY_ON,
    A20_BIOS,
    A20_KEYBOARD_CONTROLLER,
    A20_PORT_92,
    A20_FAILED,
};

/*
 * Tests, enables, tests again, by one method after the other.  `low` and
 * `high` are the same word if A20 is off: they lie 1 MiB apart.  Only `low`
 * is written, and restored.
 */
enum a20_method a20_enable(volatile uint32_t *low, volatile uint32_t *high);

/* True if the two words are different memory. */
bool a20_is_on(volatile uint32_t *low, volatile uint32_t *high);

/* Enables it on this machine and says how, or ends the boot; keeps it on (a20_open.c). */
void a20_open(void);

#endif
