/*
 * clock.h - how long it has been, from two clocks: the TSC is fine-grained
 * but its rate only measured, the PIT is exact but coarse.  Each corrects the other.
 *
 * Pure: timer.c brings the readings.
 */
#ifndef FIRSTLIGHT_KERNEL_TIME_INTERNAL_CLOCK_H
#define FIRSTLIGHT_KERNEL_TIME_INTERNAL_CLOCK_H

#include <stdint.h>

/* One look at both. */
struct clock_reading {
    uint64_t tsc;
    uint16_t count; /* of the PIT: from its divisor down to 1, over and over */
};

struct clock {
    uint32_t divisor;             /* PIT clocks from one tick to the next */
    uint64_t hz;                  /* TSC ticks a second, as well as we know; 0: there is no TSC */
    struct clock_reading last;    /* the latest reading ... */
    uint64_t clocks;              /* ... and the PIT clocks from the start until then */
    uint64_t window_tsc;          /* the rate is measured from here ... */
    uint64_t window_clocks;       /* ... to the latest reading */
    uint64_t shown_us;            /* the latest answer: time never goes back */
};

/* Starts at zero with a first reading; `hz` need only be right within some percent. */
void clock_start(struct clock *clock, uint32_t divisor, uint64_t hz, struct clock_reading now);

/*
 * Takes another reading; the sooner they follow each other the better, but
 * ticks may be missing: within a second or so nothing is lost.
 */
void clock_update(struct clock *clock, struct clock_reading now);

/* A tick has passed, and that is all we know: for machines without a TSC. */
void clock_tick(struct clock *clock);

/* Microseconds from the start to a moment at or after the latest reading. */
uint64_t clock_us(struct clock *clock, uint64_t tsc);

#endif
