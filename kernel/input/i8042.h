/*
 * i8042.h - the PS/2 controller, as far as the keyboard and a reset need it.
 *
 * A machine without a controller (port 64h reads FFh) loses no time.  The tests
 * of one that exists may take half a second, but nothing waits for them: they
 * progress whenever a byte is read.  The keyboard is disabled until they end
 * and buffers what is typed meanwhile.
 */
#ifndef FIRSTLIGHT_KERNEL_INPUT_I8042_H
#define FIRSTLIGHT_KERNEL_INPUT_I8042_H

#include <stdbool.h>
#include <stdint.h>

enum i8042_result {
    I8042_READY,
    I8042_TESTING,
    I8042_ABSENT,           /* nothing answers at port 64h */
    I8042_MUTE,             /* port 64h exists, but commands get no answer */
    I8042_SELF_TEST_FAILED, /* the firmware may be emulating the controller for USB */
    I8042_PORT_FAILED,      /* the clock or data line of the keyboard's port */
};

/* Looks for the controller and disables keyboard and mouse. */
enum i8042_result i8042_start(void) __attribute__((warn_unused_result));

/*
 * Begins the tests, once buffered keys have been read; `us` is the time, as in
 * timer_uptime_us().  After them the controller is set up: keyboard on, with
 * its interrupt and translation to scancode set 1; mouse off.  That happens
 * even if a test fails: firmware that emulates the controller for a USB
 * keyboard may not implement the tests.
 */
void i8042_begin_tests(uint64_t us);

/* Aborts the tests if, at `us`, they have taken a second. */
void i8042_end_late_tests(uint64_t us);

enum i8042_result i8042_state(void);

/* False if there is no controller at port 64h; then the functions below do nothing. */
bool i8042_present(void);

/* The keyboard's next byte, or -1 if there is none.  Bytes from the mouse are dropped. */
int i8042_read(void);

/* Sends a byte to the keyboard; false if the controller did not take it. */
bool i8042_send(uint8_t byte) __attribute__((warn_unused_result));

/* Pulls the CPU's reset line; returns if that has no effect. */
void i8042_reset_cpu(void);

#endif
