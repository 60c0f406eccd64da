/*
 * input.h - keys from the keyboard and from the serial terminal alike.
 *
 * Interrupt handlers only queue bytes; they are decoded here, when the caller
 * asks for a key.  A queue that overflows is reported on the console.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INPUT_H
#define FIRSTLIGHT_KERNEL_INPUT_INPUT_H

#include <stdbool.h>

#include "kernel/input/keys.h"

/* Finds the keyboard and starts listening to it and to COM1. */
void input_start(void);

/* Prints what is wrong with the keyboard, if anything. */
void input_report(void);

/* Stores the next key, if there is one; never waits. */
bool input_poll(key_code *key);

/* Stores the next key; false if none came before the next interrupt, until which it halts. */
bool input_wait_once(key_code *key);

/* Halts the CPU until a key arrives; returns it. */
key_code input_wait(void);

#endif
