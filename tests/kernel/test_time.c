/*
 * test_time.c - the calibrated TSC against the PIT, and the flight recorder.
 *
 * The second measurement differs from the kernel's: it reads counter 2
 * while it counts (8254 data sheet, counter latch command), over 50 ms.
 */
#include "kernel/interrupts/irq.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"
#include "kernel/time/delay.h"
#include "kernel/time/timer.h"
#include "kernel/time/tsc.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "recorder.h"

#define PIT_COUNTER_2 0x42
#define PIT_CONTROL 0x43
#define PIT_COUNTER_2_MODE_2 0xb4
#define PIT_COUNTER_2_LATCH 0x80
#define PORT_B 0x61
#define PORT_B_GATE_2 0x01
#define PORT_B_SPEAKER 0x02

#define PIT_TEN_TIMES_HZ 11931817ull /* 10 * 14.31818 MHz / 12 */
#define CLOCKS 59659u                /* 50 ms */
#define TRIES 5                      /* a busy host can spoil one */

struct moment {
    uint64_t tsc;
    uint16_t count; /* of the PIT: goes down */
};

static struct moment look(void)
{
    struct moment best = {0};
    uint64_t best_span = ~0ull;

    for (unsigned i = 0; i < 5; i++) {
        uint64_t before = rdtsc();

        outb(PIT_CONTROL, PIT_COUNTER_2_LATCH);

        uint64_t after = rdtsc();
        uint16_t count = inb(PIT_COUNTER_2);

        count |= (uint16_t)(inb(PIT_COUNTER_2) << 8);
        if (after - before < best_span) {
            best_span = after - before;
            best = (struct moment){before + best_span / 2, count};
        }
    }
    return best;
}

static uint64_t measure_hz(void)
{
    uint8_t before = inb(PORT_B) & 0x0f;
    struct moment start, end;

    outb(PORT_B, (uint8_t)((before & ~PORT_B_SPEAKER) | PORT_B_GATE_2));
    outb(PIT_CONTROL, PIT_COUNTER_2_MODE_2);
    outb(PIT_COUNTER_2, 0xff);
    outb(PIT_COUNTER_2, 0xff);
    for (unsigned i = 0; i < 1000; i++) /* the count is loaded by the PIT's next clock */
        inb(PORT_B);
    start = look();
    do
        end = look();
    while ((uint16_t)(start.count - end.count) < CLOCKS);
    outb(PORT_B, before);
    return (end.tsc - start.tsc) * PIT_TEN_TIMES_HZ / 10 / (uint16_t)(start.count - end.count);
}

static bool within_1_percent(uint64_t a, uint64_t b)
{
    return a / 100 * 99 < b && b < a / 100 * 101;
}

KERNEL_TEST(tsc_is_calibrated_within_1_percent)
{
    uint64_t measured = measure_hz();

    EXPECT(tsc_hz() != 0);
    for (unsigned i = 0; i < TRIES && !within_1_percent(measured, tsc_hz()); i++) {
        tsc_calibrate(test_boot_info());
        measured = measure_hz();
    }
    if (!EXPECT(within_1_percent(measured, tsc_hz())))
        EXPECT_EQ(tsc_hz(), measured);
}

KERNEL_TEST(tsc_to_us_neither_overflows_nor_drifts)
{
    uint64_t hz = tsc_hz();

    EXPECT_EQ(tsc_to_us(0), 0);
    EXPECT_EQ(tsc_to_us(hz), 1000000);
    EXPECT_EQ(tsc_to_us(hz * 86400), 86400000000);
    EXPECT_EQ(tsc_to_us(hz / 2 + 1), 500000);
}

KERNEL_TEST(sleep_lasts_as_long_as_asked_and_halts)
{
    uint64_t ticks = irq_line(IRQ_TIMER)->count;
    uint64_t start = timer_uptime_us();

    timer_sleep_ms(50);

    uint64_t us = timer_uptime_us() - start;

    EXPECT(us >= 50000);
    EXPECT(us < 1000000); /* the host may be busy */
    EXPECT(irq_line(IRQ_TIMER)->count > ticks);
}

KERNEL_TEST(sleep_needs_no_interrupts)
{
    cpu_disable_interrupts();

    uint64_t start = rdtsc();

    timer_sleep_ms(20);
    EXPECT(tsc_to_us(rdtsc() - start) >= 20000);
    EXPECT(!cpu_interrupts_enabled());
    cpu_enable_interrupts();
}

KERNEL_TEST(udelay_lasts_at_least_as_long_as_asked)
{
    static const unsigned delays[] = {0, 1, 10, 1000, 20000};

    for (unsigned i = 0; i < sizeof delays / sizeof delays[0]; i++) {
        uint64_t start = rdtsc();

        delay_us(delays[i]);
        EXPECT(tsc_to_us(rdtsc() - start) >= delays[i]);
    }
}

/* Unhandled ticks are not lost: the PIT's count and the TSC show them. */
KERNEL_TEST(uptime_continues_while_interrupts_are_disabled)
{
    uint64_t uptime = timer_uptime_us(), start = rdtsc();

    cpu_disable_interrupts();
    delay_us(200000);
    cpu_enable_interrupts();
    timer_sleep_ms(30);

    uint64_t by_uptime = timer_uptime_us() - uptime, by_tsc = tsc_to_us(rdtsc() - start);

    EXPECT(by_uptime >= 230000);
    EXPECT(within_1_percent(by_uptime, by_tsc));
}

KERNEL_TEST(uptime_never_goes_back)
{
    uint64_t last = timer_uptime_us(), end = last + 100000;

    while (last < end) {
        uint64_t now = timer_uptime_us();

        if (!EXPECT(now >= last))
            return;
        last = now;
    }
}

KERNEL_TEST(recorder_has_every_milestone_once_and_in_order)
{
    const struct recorder *recorder = physical_pointer(test_boot_info()->recorder);

    EXPECT_EQ(recorder->magic, RECORDER_MAGIC);
    if (!EXPECT_EQ(recorder->count, MILESTONE_READY))
        return;
    for (uint32_t i = 0; i < recorder->count; i++) {
        EXPECT_EQ(recorder->entries[i].milestone, i + 1);
        if (i > 0)
            EXPECT(recorder->entries[i].tsc > recorder->entries[i - 1].tsc);
    }
}

static uint32_t data_of(const struct recorder *recorder, enum milestone milestone)
{
    return recorder->entries[milestone - 1].data; /* milestones count from 1 */
}

KERNEL_TEST(recorder_data_is_what_boot_info_says)
{
    const struct boot_info *info = test_boot_info();
    const struct recorder *recorder = physical_pointer(info->recorder);

    EXPECT_EQ(data_of(recorder, MILESTONE_STAGE2), info->boot_drive);
    EXPECT_EQ(data_of(recorder, MILESTONE_CPU), info->cpu_features);
    EXPECT_EQ(data_of(recorder, MILESTONE_KERNEL_FOUND), info->kernel_lba);
    EXPECT(data_of(recorder, MILESTONE_KERNEL_LOADED) <= info->kernel_bytes);
}
