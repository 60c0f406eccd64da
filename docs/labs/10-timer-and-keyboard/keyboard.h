/*
 * keyboard.h - the contract of lab 10's keyboard.c: what you write, and when the kernel calls it.
 *
 * README.md says which key is which character.
 */
#ifndef FIRSTLIGHT_LAB_KEYBOARD_H
#define FIRSTLIGHT_LAB_KEYBOARD_H

#include <stdint.h>

#define KEYBOARD_ROOM 64 /* characters that wait to be fetched */

/*
 * After timer_setup(): drops what was typed before, and opens line 1, so that keys interrupt.
 * Interrupts are off, and stay off.
 */
void keyboard_setup(void);

/* Vector 21h: takes one scancode, queues its character if it has one, and ends the interrupt. */
void keyboard_interrupt(void);

/* The oldest character that was not fetched yet, or -1 if there is none. */
int keyboard_next(void);

/* How many characters so far found KEYBOARD_ROOM others waiting, and were dropped. */
unsigned keyboard_lost(void);

#endif
