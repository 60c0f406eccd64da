/*
 * input.h - keys from whoever types: the keyboard and the serial terminal alike.
 *
 * Interrupt handlers only queue bytes; decoding happens here, in the caller's
 * time.  A queue that overflows says so on the console.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INPUT_H
#define FIRSTLIGHT_KERNEL_INPUT_INPUT_H

#include <stdbool.h>

#include "kernel/input/keys.h"

/* Looks for the keyboard and starts listening to it and to COM1. */
void input_start(void);

/* Prints what is wrong with the keyboard, if anything is. */
void input_report(void);

/* Stores the next key, if there is one; never waits. */
bool input_poll(key_code *key);

/* Stores the next key; false if none came before the next interrupt, until which it halts. */
bool input_wait_once(key_code *key);

/* Halts the CPU until a key arrives; returns it. */
key_code input_wait(void);

#endif
