/*
 * test_clock.c - the clock compared with a true time that the tests define.
 *
 * The PIT is exact, the clock is given a wrong rate of the TSC, and
 * readings are late, rare or skewed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/time/internal/clock.h"
#include "kernel/time/internal/pit.h"
#include "tests/unit/in_range.h"

#define DIVISOR 11932
#define TSC_HZ 2803456789ull
#define TSC_AT_START 987654321987ull
#define SECOND 1000000000ull /* true time is in nanoseconds */
#define TICK (SECOND / 100)

static uint64_t tsc_at(uint64_t ns)
{
    return TSC_AT_START + ns / SECOND * TSC_HZ + ns % SECOND * TSC_HZ / SECOND;
}

/* The count goes down from the divisor to 1; it started `phase` clocks before time 0. */
static uint16_t count_at(uint64_t ns, unsigned phase)
{
    uint64_t clocks = ns / SECOND * PIT_HZ + ns % SECOND * PIT_HZ / SECOND + phase;

    return (uint16_t)(DIVISOR - clocks % DIVISOR);
}

static struct clock_reading reading_at(uint64_t ns, unsigned phase)
{
    return (struct clock_reading){tsc_at(ns), count_at(ns, phase)};
}

/* The clock is given a rate that is `wrong` parts per million too high. */
static struct clock started_clock(int64_t wrong, unsigned phase)
{
    struct clock clock;

    clock_start(&clock, DIVISOR, (uint64_t)((int64_t)TSC_HZ + (int64_t)TSC_HZ / 1000000 * wrong),
                reading_at(0, phase));
    return clock;
}

static void assert_shows(struct clock *clock, uint64_t ns, uint64_t tolerance_us)
{
    int64_t difference = (int64_t)clock_us(clock, tsc_at(ns)) - (int64_t)(ns / 1000);

    if (difference > (int64_t)tolerance_us || difference < -(int64_t)tolerance_us)
        fail_msg("at %llu us it is wrong by %lld us", (unsigned long long)ns / 1000,
                 (long long)difference);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)random_state * limit >> 32);
}

static void test_a_wrong_rate_is_corrected(void **state)
{
    static const int64_t wrong[] = {0, 100, -100, 10000, -10000, 40000, -40000};

    (void)state;
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct clock clock = started_clock(wrong[i], i * 1234);

        for (uint64_t ns = TICK; ns <= 10 * SECOND; ns += TICK)
            clock_update(&clock, reading_at(ns, i * 1234));
        assert_shows(&clock, 10 * SECOND + TICK / 2, 3);
        assert_int_in_range(clock.hz, TSC_HZ - TSC_HZ / 100000, TSC_HZ + TSC_HZ / 100000);
    }
}

static void test_late_and_lost_ticks_are_not_lost_time(void **state)
{
    struct clock clock = started_clock(5000, 77);
    uint64_t ns = 0;

    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        ns += TICK * (1 + random_below(8) / 5 * random_below(12)) + random_below(TICK / 2);
        clock_update(&clock, reading_at(ns, 77));
        assert_shows(&clock, ns, 3);
    }
    assert_true(ns > 200 * SECOND);
}

static void test_a_silence_of_seconds_is_bridged(void **state)
{
    struct clock clock = started_clock(1000, 0);
    uint64_t ns;

    (void)state;
    for (ns = TICK; ns <= SECOND; ns += TICK)
        clock_update(&clock, reading_at(ns, 0));
    ns += 60 * SECOND;
    clock_update(&clock, reading_at(ns, 0));
    assert_shows(&clock, ns, 3);
}

/* The two clocks were read 2 ms apart: an error for a moment, which does not last. */
static void test_a_skewed_reading_leaves_no_trace(void **state)
{
    struct clock clock = started_clock(500, 0);
    uint64_t ns;

    (void)state;
    for (ns = TICK; ns <= 5 * SECOND; ns += TICK) {
        struct clock_reading reading = reading_at(ns, 0);

        if (ns % (TICK * 50) == 0)
            reading.count = count_at(ns + 2000000, 0);
        clock_update(&clock, reading);
    }
    clock_update(&clock, reading_at(ns, 0));
    assert_shows(&clock, ns, 3);
}

static void test_time_never_goes_back(void **state)
{
    struct clock clock = started_clock(-20000, 0); /* too fast at first */
    uint64_t last = 0;

    (void)state;
    for (uint64_t ns = TICK; ns < 2 * SECOND; ns += TICK) {
        uint64_t before = clock_us(&clock, tsc_at(ns - 1000));

        clock_update(&clock, reading_at(ns, 0)); /* now it notices that it was ahead */

        uint64_t after = clock_us(&clock, tsc_at(ns));

        assert_true(before >= last);
        assert_true(after >= before);
        last = after;
    }
}

static void test_months_do_not_overflow(void **state)
{
    struct clock clock = started_clock(10, 5);
    uint64_t ns;

    (void)state;
    for (ns = SECOND; ns < 200ull * 86400 * SECOND; ns += 7 * SECOND + 12345)
        clock_update(&clock, reading_at(ns, 5));
    assert_shows(&clock, ns, 1000); /* the test's own PIT also rounds */
    assert_int_in_range(clock.hz, TSC_HZ - 10000, TSC_HZ + 10000);
}

static void test_without_a_tsc_ticks_are_counted(void **state)
{
    struct clock clock;

    (void)state;
    clock_start(&clock, DIVISOR, 0, (struct clock_reading){0});
    for (unsigned i = 0; i < 1000; i++)
        clock_tick(&clock);
    assert_int_in_range(clock_us(&clock, 0), 10000000, 10000200);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wrong_rate_is_corrected),
        cmocka_unit_test(test_late_and_lost_ticks_are_not_lost_time),
        cmocka_unit_test(test_a_silence_of_seconds_is_bridged),
        cmocka_unit_test(test_a_skewed_reading_leaves_no_trace),
        cmocka_unit_test(test_time_never_goes_back),
        cmocka_unit_test(test_months_do_not_overflow),
        cmocka_unit_test(test_without_a_tsc_ticks_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
