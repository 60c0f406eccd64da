/*
 * timer.h - the tick, the time since the start, and sleeping.
 */
#ifndef FIRSTLIGHT_KERNEL_TIME_TIMER_H
#define FIRSTLIGHT_KERNEL_TIME_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/* Starts the PIT's interrupt and the clock, at 0; after tsc_calibrate(). */
void timer_start(void);

/* From now on each tick also calls this, from the interrupt handler. */
void timer_on_tick(void (*call)(void));

/* True after the first tick: from then on a halted CPU wakes up again. */
bool timer_ticks(void);

/* Microseconds since timer_start(); never goes back. */
uint64_t timer_uptime_us(void);

/* Halts the CPU for at least `ms` milliseconds, at most a tick (10 ms) longer. */
void timer_sleep_ms(unsigned ms);

#endif
