/*
 * test_calendar.c - the clock chip's registers in all their formats.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/time/calendar.h"

#define BCD_24 STATUS_B_24_HOURS
#define BCD_12 0
#define BINARY_24 (STATUS_B_24_HOURS | STATUS_B_BINARY)
#define BINARY_12 STATUS_B_BINARY

/* 2031-02-03 04:05:06 in BCD, 24 hours. */
static const struct calendar_registers sound = {
    .second = 0x06, .minute = 0x05, .hour = 0x04, .day = 0x03, .month = 0x02, .year = 0x31,
    .century = 0x20, .status_b = BCD_24,
};

static void assert_time(const struct calendar_registers *registers, unsigned year, unsigned month,
                        unsigned day, unsigned hour, unsigned minute, unsigned second)
{
    struct date_time time;

    assert_true(calendar_decode(registers, &time));
    assert_int_equal(time.year, year);
    assert_int_equal(time.month, month);
    assert_int_equal(time.day, day);
    assert_int_equal(time.hour, hour);
    assert_int_equal(time.minute, minute);
    assert_int_equal(time.second, second);
}

static void test_bcd_and_binary(void **state)
{
    const struct calendar_registers binary = {59, 58, 23, 31, 12, 99, 20, BINARY_24};
    const struct calendar_registers bcd = {0x59, 0x58, 0x23, 0x31, 0x12, 0x99, 0x20, BCD_24};

    (void)state;
    assert_time(&sound, 2031, 2, 3, 4, 5, 6);
    assert_time(&binary, 2099, 12, 31, 23, 58, 59);
    assert_time(&bcd, 2099, 12, 31, 23, 58, 59);
}

static void assert_hour(uint8_t status_b, uint8_t hour, int expected)
{
    struct calendar_registers registers = sound;
    struct date_time time;

    registers.second = registers.minute = registers.day = registers.month = 1;
    registers.year = 0x20;
    registers.status_b = status_b;
    registers.hour = hour;
    assert_int_equal(calendar_decode(&registers, &time), expected >= 0);
    if (expected >= 0)
        assert_int_equal(time.hour, expected);
}

static void test_twelve_hours_begin_with_twelve(void **state)
{
    (void)state;
    assert_hour(BCD_12, 0x12, 0);
    assert_hour(BCD_12, 0x01, 1);
    assert_hour(BCD_12, 0x11, 11);
    assert_hour(BCD_12, 0x92, 12);
    assert_hour(BCD_12, 0x81, 13);
    assert_hour(BCD_12, 0x91, 23);
    assert_hour(BINARY_12, 12, 0);
    assert_hour(BINARY_12, 0x80 | 11, 23);
    assert_hour(BCD_12, 0x00, -1);
    assert_hour(BCD_12, 0x13, -1);
    assert_hour(BCD_24, 0x23, 23);
    assert_hour(BCD_24, 0x24, -1);
}

static void assert_year(uint8_t century, uint8_t year, unsigned expected)
{
    struct calendar_registers registers = sound;

    registers.century = century;
    registers.year = year;
    assert_time(&registers, expected, 2, 3, 4, 5, 6);
}

static void test_centuries_from_the_register_or_the_rule(void **state)
{
    (void)state;
    assert_year(0x20, 0x31, 2031);
    assert_year(0x19, 0x99, 1999);
    assert_year(0x21, 0x00, 2100);
    assert_year(0, 0x26, 2026);    /* no such register */
    assert_year(0xff, 0x26, 2026); /* it is something else */
    assert_year(0x99, 0x26, 2026);
}

static void assert_nonsense(size_t offset, uint8_t value)
{
    struct calendar_registers registers = sound;
    struct date_time time;

    ((uint8_t *)&registers)[offset] = value;
    assert_false(calendar_decode(&registers, &time));
}

static void test_what_is_not_a_moment_is_refused(void **state)
{
    static const struct calendar_registers ones = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    static const struct calendar_registers zeroes = {0};
    struct date_time time;

    (void)state;
    assert_nonsense(offsetof(struct calendar_registers, second), 0x60);
    assert_nonsense(offsetof(struct calendar_registers, second), 0x0a);
    assert_nonsense(offsetof(struct calendar_registers, minute), 0x60);
    assert_nonsense(offsetof(struct calendar_registers, day), 0x00);
    assert_nonsense(offsetof(struct calendar_registers, day), 0x29); /* February 2031 */
    assert_nonsense(offsetof(struct calendar_registers, month), 0x00);
    assert_nonsense(offsetof(struct calendar_registers, month), 0x13);
    assert_nonsense(offsetof(struct calendar_registers, year), 0xa0);
    assert_false(calendar_decode(&ones, &time));
    assert_false(calendar_decode(&zeroes, &time));
}

static void test_leap_years(void **state)
{
    struct calendar_registers registers = sound;
    struct date_time time;

    (void)state;
    registers.day = 0x29;
    registers.year = 0x28;
    assert_time(&registers, 2028, 2, 29, 4, 5, 6);
    registers.year = 0x00;
    assert_time(&registers, 2000, 2, 29, 4, 5, 6);
    registers.century = 0x21;
    assert_false(calendar_decode(&registers, &time)); /* 2100 is not a leap year */
}

static void assert_weekday(uint16_t year, uint8_t month, uint8_t day, const char *expected)
{
    struct date_time time = {.year = year, .month = month, .day = day};

    assert_string_equal(calendar_weekday(&time), expected);
}

static void test_weekdays(void **state)
{
    (void)state;
    assert_weekday(2031, 2, 3, "Monday");
    assert_weekday(1970, 1, 1, "Thursday");
    assert_weekday(2000, 2, 29, "Tuesday");
    assert_weekday(2000, 3, 1, "Wednesday");
    assert_weekday(2026, 11, 23, "Monday");
    assert_weekday(2099, 12, 31, "Thursday");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bcd_and_binary),
        cmocka_unit_test(test_twelve_hours_begin_with_twelve),
        cmocka_unit_test(test_centuries_from_the_register_or_the_rule),
        cmocka_unit_test(test_what_is_not_a_moment_is_refused),
        cmocka_unit_test(test_leap_years),
        cmocka_unit_test(test_weekdays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
