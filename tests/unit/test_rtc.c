/*
 * test_rtc.c - reading the clock chip while it ticks, hangs or is missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/time/delay.h"
#include "kernel/time/rtc.h"
#include "lib/port.h"
#include "tests/unit/in_range.h"

#define SECONDS 0x00
#define HOURS 0x04
#define STATUS_A 0x0a
#define STATUS_B 0x0b
#define CENTURY 0x32
#define UPDATING 0x80

static struct {
    uint8_t registers[128];
    uint8_t index;
    bool absent;
    unsigned updating_us;  /* time until the update ends */
    bool ticks_once;       /* the seconds change after their next read ... */
    bool always_changes;   /* ... or after each */
    unsigned waited_us;
} chip;

static int start(void **state)
{
    (void)state;
    memset(&chip, 0, sizeof chip);
    memcpy(chip.registers, "\x58\0\x59\0\x23\0\0\x31\x12\x29", 10);
    chip.registers[STATUS_B] = STATUS_B_24_HOURS;
    chip.registers[CENTURY] = 0x20;
    return 0;
}

uint8_t inb(uint16_t port)
{
    assert_int_equal(port, 0x71);
    if (chip.absent)
        return 0xff;
    if (chip.index == STATUS_A)
        return chip.updating_us > 0 ? UPDATING | 0x26 : 0x26;

    uint8_t value = chip.registers[chip.index];

    if (chip.index == SECONDS && (chip.ticks_once || chip.always_changes)) {
        chip.registers[SECONDS]++;
        chip.ticks_once = false;
    }
    return value;
}

void outb(uint16_t port, uint8_t value)
{
    assert_int_equal(port, 0x70);
    assert_false(value & 0x80); /* NMIs stay open */
    chip.index = value;
}

uint16_t inw(uint16_t port)
{
    fail_msg("word from port %x", port);
    return 0;
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("%04x to port %x", value, port);
}

void delay_us(unsigned us)
{
    chip.waited_us += us;
    chip.updating_us -= us < chip.updating_us ? us : chip.updating_us;
}

static void assert_second(unsigned expected)
{
    struct date_time time;

    assert_int_equal(rtc_read(CENTURY, &time), RTC_OK);
    assert_int_equal(time.year, 2029);
    assert_int_equal(time.hour, 23);
    assert_int_equal(time.second, expected);
}

static void test_a_quiet_clock_is_read(void **state)
{
    (void)state;
    assert_second(58);
    assert_int_equal(chip.waited_us, 0);
}

static void test_an_update_is_waited_for(void **state)
{
    (void)state;
    chip.updating_us = 2200;
    assert_second(58);
    assert_int_in_range(chip.waited_us, 2200, 2300);
}

static void test_a_tick_between_two_readings_is_noticed(void **state)
{
    (void)state;
    chip.ticks_once = true;
    assert_second(59);
}

static void test_a_clock_that_always_changes_is_given_up(void **state)
{
    struct date_time time;

    (void)state;
    chip.always_changes = true;
    assert_int_equal(rtc_read(CENTURY, &time), RTC_UNSTABLE);
}

static void test_an_update_without_end_is_given_up(void **state)
{
    struct date_time time;

    (void)state;
    chip.updating_us = UINT32_MAX;
    assert_int_equal(rtc_read(CENTURY, &time), RTC_BUSY);
    assert_int_in_range(chip.waited_us, 3000, 100000);
}

static void test_no_clock_at_all(void **state)
{
    struct date_time time;

    (void)state;
    chip.absent = true;
    assert_int_equal(rtc_read(CENTURY, &time), RTC_BUSY);
}

static void test_a_clock_that_was_never_set(void **state)
{
    struct date_time time;

    (void)state;
    memset(chip.registers, 0, STATUS_A);
    assert_int_equal(rtc_read(CENTURY, &time), RTC_NONSENSE);
}

static void test_century_registers_that_cannot_be_are_not_asked(void **state)
{
    struct date_time time;

    (void)state;
    assert_int_equal(rtc_read(0xb2, &time), RTC_OK); /* 32h and the NMI mask */
    assert_int_equal(time.year, 2029);
    assert_int_equal(rtc_read(0, &time), RTC_OK);
    assert_int_equal(time.year, 2029);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_quiet_clock_is_read, start),
        cmocka_unit_test_setup(test_an_update_is_waited_for, start),
        cmocka_unit_test_setup(test_a_tick_between_two_readings_is_noticed, start),
        cmocka_unit_test_setup(test_a_clock_that_always_changes_is_given_up, start),
        cmocka_unit_test_setup(test_an_update_without_end_is_given_up, start),
        cmocka_unit_test_setup(test_no_clock_at_all, start),
        cmocka_unit_test_setup(test_a_clock_that_was_never_set, start),
        cmocka_unit_test_setup(test_century_registers_that_cannot_be_are_not_asked, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
