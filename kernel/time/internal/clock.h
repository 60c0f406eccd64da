/*
 * clock.h - the time elapsed, from two clocks: the TSC is fine-grained but its
 * rate is only measured, the PIT is exact but coarse.  Each corrects the other.
 *
 * Pure: timer.c reads the clocks.
 */
#ifndef FIRSTLIGHT_KERNEL_TIME_INTERNAL_CLOCK_H
#define FIRSTLIGHT_KERNEL_TIME_INTERNAL_CLOCK_H

#include <stdint.h>

/* Both clocks at one moment. */
struct clock_reading {
    uint64_t tsc;
    uint16_t count; /* of the PIT: from its divisor down to 1, again and again */
};

struct clock {
    uint32_t divisor;          /* PIT clocks from one tick to the next */
    uint64_t hz;               /* TSC ticks per second, as far as known; 0: there is no TSC */
    struct clock_reading last; /* the last reading ... */
    uint64_t clocks;           /* ... and the PIT clocks from the start to it */
    uint64_t window_tsc;       /* the rate is measured from here ... */
    uint64_t window_clocks;    /* ... to the last reading */
    uint64_t shown_us;         /* the last answer: time never goes back */
};

/* Starts at zero with a first reading; `hz` may be wrong by some percent. */
void clock_start(struct clock *clock, uint32_t divisor, uint64_t hz, struct clock_reading now);

/*
 * Takes another reading, as often as possible; ticks may be missed: nothing is
 * lost within about a second.
 */
void clock_update(struct clock *clock, struct clock_reading now);

/* Exactly one tick has passed: for machines without a TSC. */
void clock_tick(struct clock *clock);

/* Microseconds from the start to a moment at or after the last reading. */
uint64_t clock_us(struct clock *clock, uint64_t tsc);

#endif
