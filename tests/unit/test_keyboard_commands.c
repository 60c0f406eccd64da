/*
 * test_keyboard_commands.c - commands to the keyboard whose answers are late, refusals or missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/internal/keyboard_commands.h"

#define SET_LEDS 0xed
#define ACK 0xfa
#define RESEND 0xfe
#define ENABLE 0xf4
#define NOTHING -1

static struct keyboard_commands enabled(void)
{
    struct keyboard_commands commands = {0};

    assert_int_equal(keyboard_commands_next(&commands, 0), ENABLE);
    assert_int_equal(keyboard_commands_next(&commands, 0), NOTHING);
    assert_true(keyboard_commands_answer(&commands, ACK));
    return commands;
}

static void test_a_silent_keyboard_is_asked_once(void **state)
{
    struct keyboard_commands commands = {0};

    (void)state;
    assert_int_equal(keyboard_commands_next(&commands, 2), ENABLE);
    assert_int_equal(keyboard_commands_next(&commands, 2), NOTHING);
    assert_false(keyboard_commands_answer(&commands, 0x1e));
    assert_false(commands.answered);
    assert_int_equal(keyboard_commands_next(&commands, 2), NOTHING);
}

static void test_lights_are_set_even_if_enabling_is_refused(void **state)
{
    struct keyboard_commands commands = {0};

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(keyboard_commands_next(&commands, 2), ENABLE);
        assert_true(keyboard_commands_answer(&commands, RESEND));
        assert_true(commands.answered);
    }
    assert_int_equal(keyboard_commands_next(&commands, 2), SET_LEDS);
}

static void test_lights_are_set_once_and_left_alone(void **state)
{
    struct keyboard_commands commands = enabled();

    (void)state;
    assert_int_equal(keyboard_commands_next(&commands, 4), SET_LEDS);
    assert_int_equal(keyboard_commands_next(&commands, 4), NOTHING);
    assert_true(keyboard_commands_answer(&commands, ACK));
    assert_int_equal(keyboard_commands_next(&commands, 4), 4);
    assert_int_equal(keyboard_commands_next(&commands, 4), NOTHING);
    assert_true(keyboard_commands_answer(&commands, ACK));
    assert_int_equal(keyboard_commands_next(&commands, 4), NOTHING);
}

static void test_scancodes_between_the_answers_are_not_answers(void **state)
{
    struct keyboard_commands commands = enabled();

    (void)state;
    assert_int_equal(keyboard_commands_next(&commands, 1), SET_LEDS);
    assert_false(keyboard_commands_answer(&commands, 0x1e));
    assert_true(keyboard_commands_answer(&commands, ACK));
    assert_false(keyboard_commands_answer(&commands, ACK)); /* nothing has been sent since */
    assert_int_equal(keyboard_commands_next(&commands, 1), 1);
}

static void test_a_refused_byte_is_sent_again_but_not_forever(void **state)
{
    struct keyboard_commands commands = enabled();

    (void)state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(keyboard_commands_next(&commands, 2), SET_LEDS);
        assert_true(keyboard_commands_answer(&commands, RESEND));
    }
    assert_int_equal(keyboard_commands_next(&commands, 2), NOTHING);
    assert_int_equal(keyboard_commands_next(&commands, 6), SET_LEDS);
    assert_true(keyboard_commands_answer(&commands, ACK));
    assert_int_equal(keyboard_commands_next(&commands, 6), 6);
    assert_true(keyboard_commands_answer(&commands, RESEND));
    assert_int_equal(keyboard_commands_next(&commands, 6), 6);
}

static void test_a_change_starts_over(void **state)
{
    struct keyboard_commands commands = enabled();

    (void)state;
    assert_int_equal(keyboard_commands_next(&commands, 2), SET_LEDS);
    assert_int_equal(keyboard_commands_next(&commands, 3), SET_LEDS); /* the first answer never came */
    assert_true(keyboard_commands_answer(&commands, ACK));
    assert_int_equal(keyboard_commands_next(&commands, 3), 3);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_silent_keyboard_is_asked_once),
        cmocka_unit_test(test_lights_are_set_even_if_enabling_is_refused),
        cmocka_unit_test(test_lights_are_set_once_and_left_alone),
        cmocka_unit_test(test_scancodes_between_the_answers_are_not_answers),
        cmocka_unit_test(test_a_refused_byte_is_sent_again_but_not_forever),
        cmocka_unit_test(test_a_change_starts_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
