/*
 * test_tsc.c - the TSC's calibration by the PIT, on quiet and disturbed machines.
 *
 * Time passes only in port accesses, 1 us each, and in disturbances: code that
 * runs for the first time, and interrupts of the firmware's (SMIs).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/time/tsc.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "tests/unit/in_range.h"

#define PORT_ACCESS_NS 1000
#define FIRST_TIME_NS 15000 /* to translate a few instructions, in QEMU */
#define SMI_NS 100000
#define LONG_WINDOW 1000    /* clocks: not the warm-up */
#define TSC_HZ 2000000000ull
#define PIT_NS(clocks) ((clocks) * 1000000000ull / 1193182)
#define GATE_2 0x01
#define SPEAKER 0x02
#define OUT_2 0x20

enum pit { WORKING, ALL_ONES, ALL_ZEROES };

static const struct boot_info with_tsc = {.cpu_features = CPU_FEATURE_TSC};

static struct {
    enum pit pit;
    bool windows_were_ended;  /* the code after a window has run before */
    unsigned smis;            /* windows that an SMI lengthens */
    uint64_t now, loaded;     /* ns */
    unsigned count, writes, accesses;
    uint8_t port_b;
} fake;

static int start(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    fake.port_b = 0x0c | SPEAKER;
    return 0;
}

static bool out_is_high(void)
{
    return fake.now - fake.loaded >= PIT_NS(fake.count + 1u);
}

uint64_t rdtsc(void)
{
    if (!fake.windows_were_ended && fake.writes > 0 && out_is_high()) {
        fake.windows_were_ended = true;
        fake.now += FIRST_TIME_NS;
    }
    if (fake.smis > 0 && fake.count > LONG_WINDOW && out_is_high()) {
        fake.now += fake.smis-- * SMI_NS; /* all different */
    }
    return fake.now * (TSC_HZ / 1000000) / 1000;
}

uint8_t inb(uint16_t port)
{
    assert_int_equal(port, 0x61);
    fake.accesses++;
    fake.now += PORT_ACCESS_NS;
    if (fake.pit != WORKING)
        return fake.pit == ALL_ONES ? 0xff : 0;
    return (uint8_t)(fake.port_b | (out_is_high() ? OUT_2 : 0));
}

static void write_counter_2(uint8_t value)
{
    fake.writes++;
    if (fake.writes % 2 == 1) {
        fake.count = value;
        return;
    }
    fake.count |= (unsigned)value << 8;
    fake.loaded = fake.now;
    assert_int_equal(fake.port_b & (GATE_2 | SPEAKER), GATE_2);
}

void outb(uint16_t port, uint8_t value)
{
    fake.accesses++;
    fake.now += PORT_ACCESS_NS;
    if (port == 0x43)
        assert_int_equal(value, 0xb0); /* counter 2, both bytes, mode 0, binary */
    else if (port == 0x61)
        fake.port_b = value & 0x0f;
    else if (port == 0x42)
        write_counter_2(value);
    else
        fail();
}

static void assert_calibrated(void)
{
    assert_int_in_range(tsc_hz(), TSC_HZ / 1000 * 998, TSC_HZ / 1000 * 1002);
    assert_int_equal(fake.port_b, 0x0c | SPEAKER);
}

static void test_two_windows_are_enough_where_nothing_disturbs(void **state)
{
    (void)state;
    tsc_calibrate(&with_tsc);
    assert_calibrated();
    assert_true(fake.now <= 2200000);
}

static void test_disturbed_windows_are_measured_again(void **state)
{
    (void)state;
    fake.smis = 3;
    tsc_calibrate(&with_tsc);
    assert_int_equal(fake.smis, 0);
    assert_calibrated();
}

static void test_absent_pit_gives_no_rate_without_delay(void **state)
{
    (void)state;
    for (enum pit pit = ALL_ONES; pit <= ALL_ZEROES; pit++) {
        start(state);
        fake.pit = pit;
        tsc_calibrate(&with_tsc);
        assert_int_equal(tsc_hz(), 0);
        assert_true(fake.now < 1000000000);
    }
}

static void test_cpu_without_tsc_is_not_asked(void **state)
{
    static const struct boot_info without;

    (void)state;
    tsc_calibrate(&without);
    assert_int_equal(fake.accesses, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_two_windows_are_enough_where_nothing_disturbs, start),
        cmocka_unit_test_setup(test_disturbed_windows_are_measured_again, start),
        cmocka_unit_test_setup(test_absent_pit_gives_no_rate_without_delay, start),
        cmocka_unit_test_setup(test_cpu_without_tsc_is_not_asked, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
