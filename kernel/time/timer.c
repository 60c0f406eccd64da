/*
 * timer.c - counter 0 of the PIT: the periodic interrupt, and what keeps the clock exact.
 *
 * Owns port 40h and, for counter 0, port 43h.  Without ticks no code halts the
 * CPU; without a TSC the ticks are the clock.
 */
#include "kernel/time/timer.h"

#include <stddef.h>

#include "kernel/interrupts/irq.h"
#include "kernel/time/delay.h"
#include "kernel/time/internal/clock.h"
#include "kernel/time/internal/pit.h"
#include "kernel/time/tsc.h"
#include "lib/cpu.h"
#include "lib/port.h"

/*
 * PIT_HZ / 100, rounded: 11931.82 becomes 11932, a tick of 10.00015 ms.  This
 * causes no error, because the clock counts PIT clocks and not ticks.
 */
#define DIVISOR 11932

/* An SMI or a busy host between two instructions would separate the two readings. */
#define READING_TAKES_LESS_THAN (tsc_hz() / 2000) /* 0.5 ms; usually 1 us */

static struct clock clock;
static bool ticked;
static void (*on_tick)(void);

/* Reads both clocks at one moment; false if something delayed the code in between. */
static bool read_both(struct clock_reading *reading)
{
    uint64_t before = rdtsc();

    outb(PIT_CONTROL, PIT_COUNTER_0_LATCH);

    uint64_t took = rdtsc() - before;
    uint8_t low = inb(PIT_COUNTER_0);

    reading->tsc = before + took / 2;
    reading->count = (uint16_t)(inb(PIT_COUNTER_0) << 8 | low);
    return took < READING_TAKES_LESS_THAN;
}

static void tick(void)
{
    struct clock_reading reading;

    ticked = true;
    if (tsc_hz() == 0)
        clock_tick(&clock);
    else if (read_both(&reading))
        clock_update(&clock, reading);
    if (on_tick != NULL)
        on_tick();
}

void timer_on_tick(void (*call)(void))
{
    on_tick = call;
}

void timer_start(void)
{
    struct clock_reading reading = {0};

    outb(PIT_CONTROL, PIT_COUNTER_0_MODE_2);
    outb(PIT_COUNTER_0, DIVISOR & 0xff);
    outb(PIT_COUNTER_0, DIVISOR >> 8);
    delay_us(10); /* the next clock loads the count */
    if (tsc_hz() != 0)
        read_both(&reading);
    clock_start(&clock, DIVISOR, tsc_hz(), reading);
    irq_register(IRQ_TIMER, "timer", tick);
}

bool timer_ticks(void)
{
    return __atomic_load_n(&ticked, __ATOMIC_RELAXED);
}

uint64_t timer_uptime_us(void)
{
    bool enabled = cpu_interrupts_save(); /* a tick in between would change what is being read */

    uint64_t us = clock_us(&clock, tsc_hz() != 0 ? rdtsc() : 0);

    cpu_interrupts_restore(enabled);
    return us;
}

void timer_sleep_ms(unsigned ms)
{
    uint64_t end = timer_uptime_us() + ms * 1000ull;

    if (!timer_ticks() || !cpu_interrupts_enabled()) {
        while (ms-- > 0)
            delay_us(1000);
        return;
    }
    while (timer_uptime_us() < end)
        cpu_wait_for_interrupt();
}
