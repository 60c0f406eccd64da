/*
 * test_status_text.c - the text of the status row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/keyboard.h"
#include "kernel/shell/internal/status_text.h"

#define MIB (1ul << 20)

static const struct status_facts usual = {
    .uptime_s = 3 * 3600 + 4 * 60 + 5,
    .free_bytes = 127 * MIB - 1,
    .usable_bytes = 127 * MIB + 1,
    .layout = "us",
};

/* The row with bars for the lines of code page 437. */
static const char *text_of(struct status_facts facts)
{
    static char text[STATUS_SIZE];

    memset(text, '?', sizeof text);
    status_text(text, &facts);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\xb3' ? '|' : *c;
    return text;
}

static void test_free_memory_is_rounded_down_and_all_of_it_up(void **state)
{
    (void)state;
    assert_string_equal(" Firstlight | up 3:04:05 | 126 of 128 MiB free | us "
                        "        help lists commands ", text_of(usual));
}

static void test_locks_are_named(void **state)
{
    struct status_facts facts = usual;

    (void)state;
    facts.locks = LOCK_CAPS | LOCK_SCROLL;
    assert_non_null(strstr(text_of(facts), "| us | CAPS SCROLL "));
    facts.locks = LOCK_NUM;
    assert_non_null(strstr(text_of(facts), "| us | NUM "));
}

/* The hint is dropped first; then the end is cut. */
static void test_row_is_never_too_long(void **state)
{
    struct status_facts facts = usual;

    (void)state;
    facts.locks = LOCK_CAPS | LOCK_NUM | LOCK_SCROLL;
    assert_null(strstr(text_of(facts), "help"));
    facts.uptime_s = facts.free_bytes = facts.usable_bytes = UINT64_MAX;
    assert_int_equal(VGA_COLUMNS, strlen(text_of(facts)));
}

static void test_scrolled_back_shows_the_way_to_the_end(void **state)
{
    struct status_facts facts = usual;

    (void)state;
    facts.rows_back = 23;
    assert_string_equal(" Scrolled back 23 rows | Shift+PageUp, Shift+PageDown | typing ends it",
                        text_of(facts));
    facts.rows_back = 376;
    assert_true(strlen(text_of(facts)) <= VGA_COLUMNS);
}

static void test_every_fact_counts(void **state)
{
    struct status_facts others[6];

    (void)state;
    for (size_t i = 0; i < 6; i++)
        others[i] = usual;
    others[0].uptime_s++;
    others[1].free_bytes++;
    others[2].usable_bytes++;
    others[3].layout = "de";
    others[4].locks = LOCK_CAPS;
    others[5].rows_back = 1;
    assert_true(status_equal(&usual, &usual));
    for (size_t i = 0; i < 6; i++)
        assert_false(status_equal(&usual, &others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_memory_is_rounded_down_and_all_of_it_up),
        cmocka_unit_test(test_locks_are_named),
        cmocka_unit_test(test_row_is_never_too_long),
        cmocka_unit_test(test_scrolled_back_shows_the_way_to_the_end),
        cmocka_unit_test(test_every_fact_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
