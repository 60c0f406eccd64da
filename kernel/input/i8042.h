/*
 * i8042.h - the PS/2 controller, as far as the keyboard and a reset need it.
 *
 * Every wait is bounded: a machine without one (port 64h reads FFh) costs
 * nothing, one that does not answer half a second at most.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_I8042_H
#define FIRSTLIGHT_KERNEL_INPUT_I8042_H

#include <stdbool.h>
#include <stdint.h>

enum i8042_result {
    I8042_READY,
    I8042_ABSENT,           /* nobody at port 64h */
    I8042_MUTE,             /* somebody, but no answer to a command */
    I8042_SELF_TEST_FAILED, /* the controller's: the firmware may be emulating it for USB */
    I8042_PORT_FAILED,      /* clock or data line of the keyboard's port */
};

/*
 * Tests the controller and sets it up: keyboard on, with its interrupt and
 * translation to scancode set 1; mouse off.  If a test fails it goes on: a
 * firmware that emulates the controller for a USB keyboard need not know them.
 */
enum i8042_result i8042_start(void) __attribute__((warn_unused_result));

/* False while nobody is at port 64h: then the functions below do nothing. */
bool i8042_present(void);

/* The keyboard's next byte, or -1 if there is none.  What the mouse sends is dropped. */
int i8042_read(void);

/* Sends a byte to the keyboard; false if the controller did not take it. */
bool i8042_send(uint8_t byte) __attribute__((warn_unused_result));

/* Sends a command and waits until the keyboard acknowledges it; false if it does not. */
bool i8042_command_keyboard(uint8_t command) __attribute__((warn_unused_result));

/* Pulls the CPU's reset line; returns if that did not help. */
void i8042_reset_cpu(void);

#endif
