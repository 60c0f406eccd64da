/*
 * tsc.c - measures the rate of the time stamp counter.
 *
 * Counter 2 of the PIT (8254) makes windows of a known length, because its
 * output can be read without an interrupt: port 61h, bit 5.  Owns ports 42h,
 * 43h and, restored at the end, 61h; the speaker stays silent.  Follows the
 * Intel 8254 data sheet, mode 0.
 */
#include "kernel/time/tsc.h"

#include <stdbool.h>

#include "kernel/time/internal/pit.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "lib/units.h"

#define PORT_B 0x61
#define PORT_B_GATE_2 0x01  /* counter 2 counts */
#define PORT_B_SPEAKER 0x02 /* its output drives the speaker */
#define PORT_B_OUT_2 0x20   /* its output, read only */
#define PORT_B_WRITABLE 0x0f

#define WINDOWS_MAX 50                   /* two are enough if nothing disturbs them */
#define FAILURES_MAX 3                   /* after that many, there is no PIT */
#define TOLERANCE 512                    /* two windows agree if they differ by less than 1/512 */
#define WINDOW_COUNT 1193                /* 1 ms: PIT_HZ / 1000; clock.c refines the rate later */
#define WINDOW_CLOCKS (WINDOW_COUNT + 1) /* loading the count takes one clock more */
#define WARM_UP_COUNT 36                 /* 30 us */
#define WINDOW_POLLS 200000              /* at least 20 ms, at 0.1-1 us a poll */

static uint64_t hz;

uint64_t tsc_hz(void)
{
    return hz;
}

uint64_t tsc_to_us(uint64_t ticks)
{
    if (hz == 0)
        return 0;
    /* seconds and the rest apart: ticks * 10^6 would overflow after an hour or two */
    return ticks / hz * US_PER_SECOND + ticks % hz * US_PER_SECOND / hz;
}

/*
 * TSC ticks in a window of `count` clocks, or 0 if the output did not go low
 * and high again.  It must be low at once and high before the polls run out: an
 * absent PIT (all ones or all zeroes) fails this, and so does a window that
 * ended before the first poll.
 */
static uint64_t measure_window(uint16_t count)
{
    outb(PIT_CONTROL, PIT_COUNTER_2_MODE_0);
    outb(PIT_COUNTER_2, (uint8_t)count);
    outb(PIT_COUNTER_2, (uint8_t)(count >> 8)); /* the count starts here */

    uint64_t start = rdtsc();

    if (inb(PORT_B) & PORT_B_OUT_2)
        return 0;
    for (unsigned i = 0; i < WINDOW_POLLS; i++)
        if (inb(PORT_B) & PORT_B_OUT_2)
            return rdtsc() - start;
    return 0;
}

static bool agree(uint64_t a, uint64_t b)
{
    uint64_t least = a < b ? a : b;

    return a + b - 2 * least < least / TOLERANCE;
}

/*
 * An SMI or a busy host can only lengthen a window, so the shortest one is
 * right as soon as another one is equally short.  A short window before them,
 * whose result is not used, loads the code into the caches, or makes an
 * emulator translate it; otherwise the first window would be 1 to 2 % too long,
 * and a third one needed.
 */
static uint64_t shortest_window(void)
{
    uint64_t shortest = 0;

    measure_window(WARM_UP_COUNT);
    for (unsigned windows = 0, failures = 0; windows < WINDOWS_MAX; windows++) {
        uint64_t ticks = measure_window(WINDOW_COUNT);

        if (ticks == 0 && ++failures == FAILURES_MAX)
            break;
        if (ticks != 0 && shortest != 0 && agree(ticks, shortest))
            break;
        if (ticks != 0 && (shortest == 0 || ticks < shortest))
            shortest = ticks;
    }
    return shortest;
}

void tsc_calibrate(const struct boot_info *info)
{
    if (!(info->cpu_features & CPU_FEATURE_TSC))
        return;

    uint8_t before = inb(PORT_B) & PORT_B_WRITABLE;

    outb(PORT_B, (uint8_t)((before & ~PORT_B_SPEAKER) | PORT_B_GATE_2));
    hz = shortest_window() * PIT_HZ / WINDOW_CLOCKS;
    outb(PORT_B, before);
}
