/*
 * test_keyboard_leds.c - the dialogue about the lights, with answers late, refused or missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/keyboard_leds.h"

#define SET_LEDS 0xed
#define ACK 0xfa
#define RESEND 0xfe
#define NOTHING -1

static void test_lights_are_set_once_and_left_alone(void **state)
{
    struct keyboard_leds leds = {0};

    (void)state;
    assert_int_equal(keyboard_leds_next(&leds, 4), SET_LEDS);
    assert_int_equal(keyboard_leds_next(&leds, 4), NOTHING);
    assert_true(keyboard_leds_answer(&leds, ACK));
    assert_int_equal(keyboard_leds_next(&leds, 4), 4);
    assert_int_equal(keyboard_leds_next(&leds, 4), NOTHING);
    assert_true(keyboard_leds_answer(&leds, ACK));
    assert_int_equal(keyboard_leds_next(&leds, 4), NOTHING);
}

static void test_scancodes_between_the_answers_are_no_answers(void **state)
{
    struct keyboard_leds leds = {0};

    (void)state;
    assert_false(keyboard_leds_answer(&leds, ACK));
    assert_int_equal(keyboard_leds_next(&leds, 1), SET_LEDS);
    assert_false(keyboard_leds_answer(&leds, 0x1e));
    assert_true(keyboard_leds_answer(&leds, ACK));
    assert_false(keyboard_leds_answer(&leds, ACK)); /* nothing was sent since */
    assert_int_equal(keyboard_leds_next(&leds, 1), 1);
}

static void test_a_refused_byte_is_sent_again_but_not_for_ever(void **state)
{
    struct keyboard_leds leds = {0};

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(keyboard_leds_next(&leds, 2), SET_LEDS);
        assert_true(keyboard_leds_answer(&leds, RESEND));
    }
    assert_int_equal(keyboard_leds_next(&leds, 2), NOTHING);
    assert_int_equal(keyboard_leds_next(&leds, 6), SET_LEDS);
    assert_true(keyboard_leds_answer(&leds, ACK));
    assert_int_equal(keyboard_leds_next(&leds, 6), 6);
    assert_true(keyboard_leds_answer(&leds, RESEND));
    assert_int_equal(keyboard_leds_next(&leds, 6), 6);
}

static void test_a_change_starts_over(void **state)
{
    struct keyboard_leds leds = {0};

    (void)state;
    assert_int_equal(keyboard_leds_next(&leds, 2), SET_LEDS);
    assert_int_equal(keyboard_leds_next(&leds, 3), SET_LEDS); /* the first answer never came */
    assert_true(keyboard_leds_answer(&leds, ACK));
    assert_int_equal(keyboard_leds_next(&leds, 3), 3);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lights_are_set_once_and_left_alone),
        cmocka_unit_test(test_scancodes_between_the_answers_are_no_answers),
        cmocka_unit_test(test_a_refused_byte_is_sent_again_but_not_for_ever),
        cmocka_unit_test(test_a_change_starts_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
