/*
 * clock.c - a clock that neither drifts nor loses ticks.
 *
 * The PIT's count gives the exact time within the current tick, and the TSC the
 * number of ticks before it, for which it is accurate enough; so not every
 * interrupt needs to be seen.  timer.c calls clock_update() at each one that
 * is.
 */
#include "kernel/time/internal/clock.h"

#include "kernel/time/internal/pit.h"
#include "lib/units.h"

/* The rate's error is at most one PIT clock in a window: under 1 ppm once that is a second long. */
#define WINDOW_LEAST (PIT_HZ / 4)             /* a shorter one would make it worse */
#define WINDOW_MOST ((uint64_t)PIT_HZ * 3600) /* a longer one is restarted, to avoid overflow */

/* value * numerator / denominator; only numerator * denominator must be below 2^64. */
static uint64_t scale(uint64_t value, uint64_t numerator, uint64_t denominator)
{
    return value / denominator * numerator + value % denominator * numerator / denominator;
}

void clock_start(struct clock *clock, uint32_t divisor, uint64_t hz, struct clock_reading now)
{
    *clock = (struct clock){.divisor = divisor, .hz = hz, .last = now, .window_tsc = now.tsc};
}

/*
 * PIT clocks since the last reading: the difference of the counts plus the
 * number of whole ticks that comes nearest to what the TSC says.
 */
static uint64_t clocks_since(const struct clock *clock, struct clock_reading now)
{
    uint64_t estimate = scale(now.tsc - clock->last.tsc, PIT_HZ, clock->hz);
    uint64_t phase = (clock->last.count + clock->divisor - now.count) % clock->divisor;

    if (estimate + clock->divisor / 2 < phase)
        return 0; /* the count went back: it was read just before the last one */
    return phase + (estimate + clock->divisor / 2 - phase) / clock->divisor * clock->divisor;
}

static void measure_rate(struct clock *clock)
{
    uint64_t clocks = clock->clocks - clock->window_clocks;

    if (clocks < WINDOW_LEAST)
        return;
    clock->hz = scale(clock->last.tsc - clock->window_tsc, PIT_HZ, clocks);
    if (clocks > WINDOW_MOST) {
        clock->window_tsc = clock->last.tsc;
        clock->window_clocks = clock->clocks;
    }
}

void clock_update(struct clock *clock, struct clock_reading now)
{
    uint64_t clocks = clocks_since(clock, now);

    if (clocks == 0)
        return;
    clock->clocks += clocks;
    clock->last = now;
    measure_rate(clock);
}

void clock_tick(struct clock *clock)
{
    clock->clocks += clock->divisor;
}

uint64_t clock_us(struct clock *clock, uint64_t tsc)
{
    uint64_t clocks = clock->clocks;

    if (clock->hz != 0)
        clocks += scale(tsc - clock->last.tsc, PIT_HZ, clock->hz);

    uint64_t us = scale(clocks, US_PER_SECOND, PIT_HZ);

    if (us > clock->shown_us)
        clock->shown_us = us;
    return clock->shown_us;
}
