/*
 * i8042.h - the PS/2 controller, as far as the keyboard and a reset need it.
 *
 * A machine without one (port 64h reads FFh) costs nothing.  The tests of one that
 * is there may take half a second: nobody waits for them.  They go on whenever a byte is
 * read; the keyboard is off until they are over and keeps what is typed meanwhile.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_I8042_H
#define FIRSTLIGHT_KERNEL_INPUT_I8042_H

#include <stdbool.h>
#include <stdint.h>

enum i8042_result {
    I8042_READY,
    I8042_TESTING,
    I8042_ABSENT,           /* nobody at port 64h */
    I8042_MUTE,             /* somebody, but no answer to a command */
    I8042_SELF_TEST_FAILED, /* the controller's: the firmware may be emulating it for USB */
    I8042_PORT_FAILED,      /* clock or data line of the keyboard's port */
};

/* Looks for the controller and switches keyboard and mouse off. */
enum i8042_result i8042_start(void) __attribute__((warn_unused_result));

/*
 * Begins the tests, once keys that were buffered have been read; `us` is the time, as in
 * timer_uptime_us().  After them the controller is set up: keyboard on, with its interrupt and
 * translation to scancode set 1; mouse off.  That happens if a test fails as well: a
 * firmware that emulates the controller for a USB keyboard need not know them.
 */
void i8042_begin_tests(uint64_t us);

/* Gives the tests up if a second has passed at `us`. */
void i8042_end_late_tests(uint64_t us);

enum i8042_result i8042_state(void);

/* False while nobody is at port 64h: then the functions below do nothing. */
bool i8042_present(void);

/* The keyboard's next byte, or -1 if there is none.  What the mouse sends is dropped. */
int i8042_read(void);

/* Sends a byte to the keyboard; false if the controller did not take it. */
bool i8042_send(uint8_t byte) __attribute__((warn_unused_result));

/* Pulls the CPU's reset line; returns if that did not help. */
void i8042_reset_cpu(void);

#endif
