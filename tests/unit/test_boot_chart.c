/*
 * test_boot_chart.c - the rows of the `boot` command: rounding, bar lengths, alignment.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/boot/internal/boot_chart.h"

static char bar[BOOT_CHART_BAR + 1];
static char row[BOOT_CHART_ROW];

/* The bar starts after `blanks` blanks and is `length` long. */
static void assert_bar(size_t blanks, size_t length, uint64_t from, uint64_t to, uint64_t total)
{
    memset(bar, '?', sizeof bar);
    boot_chart_bar(bar, from, to, total);
    assert_int_equal(blanks, strspn(bar, " "));
    assert_int_equal(length, strspn(bar + blanks, "#"));
    assert_int_equal(blanks + length, strlen(bar));
}

static void test_tenths_are_rounded(void **state)
{
    (void)state;
    assert_int_equal(0, boot_chart_tenths(0));
    assert_int_equal(0, boot_chart_tenths(49));
    assert_int_equal(1, boot_chart_tenths(50));
    assert_int_equal(1, boot_chart_tenths(149));
    assert_int_equal(10, boot_chart_tenths(999));
    assert_true(boot_chart_tenths(UINT64_MAX) == UINT64_MAX / 100);
}

static void test_a_bar_is_as_long_as_its_share(void **state)
{
    (void)state;
    assert_bar(0, 40, 0, 1000, 1000);
    assert_bar(0, 10, 0, 250, 1000);
    assert_bar(10, 20, 250, 750, 1000);
    assert_bar(30, 10, 750, 1000, 1000);
}

static void test_ends_are_rounded_to_the_nearest_column(void **state)
{
    (void)state;
    assert_bar(0, 10, 0, 254, 1000);    /* 10.16 */
    assert_bar(0, 11, 0, 263, 1000);    /* 10.52 */
    assert_bar(10, 30, 262, 1000, 1000); /* 10.48 */
}

static void test_a_short_step_still_shows(void **state)
{
    (void)state;
    assert_bar(0, 1, 0, 1, 1000000);
    assert_bar(20, 1, 500000, 500001, 1000000);
    assert_bar(39, 1, 999999, 1000000, 1000000);
}

static void test_no_time_is_no_bar(void **state)
{
    (void)state;
    assert_bar(0, 0, 0, 0, 1000);
    assert_bar(0, 0, 500, 500, 1000);
    assert_bar(0, 0, 1000, 1000, 1000);
    assert_bar(0, 0, 0, 0, 0);
}

static void test_stamps_out_of_order_do_no_harm(void **state)
{
    (void)state;
    assert_bar(0, 0, 700, 300, 1000);
    assert_bar(20, 20, 500, 5000, 1000);
    assert_bar(0, 0, UINT64_MAX, 1, 0);
    assert_bar(0, 40, 0, UINT64_MAX, UINT64_MAX);
    assert_bar(20, 20, UINT64_MAX / 2, UINT64_MAX, UINT64_MAX);
}

/* Consecutive steps leave no gap between their bars, and the last one ends the chart. */
static void test_bars_join(void **state)
{
    (void)state;
    srand(1);
    for (unsigned n = 0; n < 10000; n++) {
        uint64_t ends[4] = {0, (uint64_t)rand(), (uint64_t)rand(), (uint64_t)rand()};
        size_t column = 0;

        for (unsigned i = 1; i < 4; i++)
            ends[i] += ends[i - 1] + 1;
        for (unsigned i = 1; i < 4; i++) {
            boot_chart_bar(bar, ends[i - 1], ends[i], ends[3]);
            assert_true(strspn(bar, " ") <= column);
            assert_true(strlen(bar) >= column);
            column = strlen(bar);
        }
        assert_int_equal(BOOT_CHART_BAR, column);
    }
}

static void test_a_row_shows_time_duration_and_data(void **state)
{
    struct boot_chart_step step = {"loaded", 0xa29778d8, true, 4321, 6499, 17000};

    (void)state;
    boot_chart_row(row, &step);
    assert_string_equal("loaded           6.5     2178 a29778d8           #####", row);
    step.to = 4300;
    boot_chart_row(row, &step);
    assert_string_equal("loaded           4.3        0 a29778d8", row);
}

static void test_a_row_without_times_says_so(void **state)
{
    struct boot_chart_step step = {"A20", 1, false, 0, 5000, 10000};

    (void)state;
    boot_chart_row(row, &step);
    assert_string_equal("A20                -        -        1 ####################", row);
    step.to = step.total = 0;
    boot_chart_row(row, &step);
    assert_string_equal("A20                -        -        1", row);
}

static void test_the_head_is_above_the_columns(void **state)
{
    struct boot_chart_step step = {"kernel found", UINT32_MAX, true, 0, 99999900, 99999900};
    char head[BOOT_CHART_ROW];

    (void)state;
    boot_chart_head(head, step.total);
    boot_chart_row(row, &step);
    assert_string_equal("kernel found 99999.9 99999900 ffffffff "
                        "########################################", row);
    assert_string_equal("milestone      at ms  took us     data "
                        "0                             99999.9 ms", head);
    assert_int_equal(79, strlen(row));
    assert_int_equal(79, strlen(head));
}

static void test_nothing_is_wider_than_the_screen(void **state)
{
    struct boot_chart_step step = {"a milestone with a name that is much too long", UINT32_MAX,
                                   true, 0, UINT64_MAX, UINT64_MAX};

    (void)state;
    boot_chart_row(row, &step);
    assert_int_equal(79, strlen(row));
    boot_chart_head(row, UINT64_MAX);
    assert_int_equal(79, strlen(row));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tenths_are_rounded),
        cmocka_unit_test(test_a_bar_is_as_long_as_its_share),
        cmocka_unit_test(test_ends_are_rounded_to_the_nearest_column),
        cmocka_unit_test(test_a_short_step_still_shows),
        cmocka_unit_test(test_no_time_is_no_bar),
        cmocka_unit_test(test_stamps_out_of_order_do_no_harm),
        cmocka_unit_test(test_bars_join),
        cmocka_unit_test(test_a_row_shows_time_duration_and_data),
        cmocka_unit_test(test_a_row_without_times_says_so),
        cmocka_unit_test(test_the_head_is_above_the_columns),
        cmocka_unit_test(test_nothing_is_wider_than_the_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
