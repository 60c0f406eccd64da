/*
 * test_keyboard.c - scancodes to characters, and polling the controller.
 *
 * Key numbers are written as the keyboard sends them: set 1, a key's release
 * is its number with bit 7 set.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/keyboard.h"
#include "lib/port.h"

#define A 0x1e
#define U 0x16
#define ONE 0x02
#define CONTROL 0x1d
#define LEFT_SHIFT 0x2a
#define RIGHT_SHIFT 0x36
#define CAPS_LOCK 0x3a
#define UP(key) ((key) | 0x80)

/* ---- a keyboard controller ------------------------------------------------- */

static struct {
    uint8_t status;
    uint8_t data;
    unsigned data_reads;
} controller;

uint8_t inb(uint16_t port)
{
    if (port == 0x64)
        return controller.status;
    assert_int_equal(port, 0x60);
    controller.data_reads++;
    return controller.data;
}

void outb(uint16_t port, uint8_t value)
{
    fail_msg("wrote %02x to port %x", value, port);
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("wrote %04x to port %x", value, port);
}

/* ---- decoding -------------------------------------------------------------- */

/* What a fresh keyboard makes of `codes`, as a string. */
static const char *decode(const uint8_t *codes, size_t count)
{
    static char text[64];
    struct keyboard keyboard = {0};
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        char c = keyboard_decode(&keyboard, codes[i]);

        if (c != 0)
            text[length++] = c;
    }
    text[length] = '\0';
    return text;
}

#define assert_decodes(expected, ...) \
    do { \
        static const uint8_t codes[] = {__VA_ARGS__}; \
        assert_string_equal(expected, decode(codes, sizeof codes)); \
    } while (0)

/* All keys from `first` on, each pressed and released, with or without Shift. */
static void assert_keys(uint8_t first, const char *expected, bool shift)
{
    struct keyboard keyboard = {0};

    if (shift)
        keyboard_decode(&keyboard, LEFT_SHIFT);
    for (size_t i = 0; expected[i] != '\0'; i++) {
        uint8_t key = (uint8_t)(first + i);

        assert_int_equal(expected[i], keyboard_decode(&keyboard, key));
        assert_int_equal(0, keyboard_decode(&keyboard, UP(key)));
    }
}

static void test_keys_give_the_us_layout(void **state)
{
    (void)state;
    assert_keys(0x02, "1234567890-=\b\tqwertyuiop[]\n", false);
    assert_keys(0x1e, "asdfghjkl;'`", false);
    assert_keys(0x2b, "\\zxcvbnm,./", false);
    assert_keys(0x39, " ", false);
    assert_keys(0x56, "\\", false);
}

static void test_shift_gives_the_upper_row(void **state)
{
    (void)state;
    assert_keys(0x02, "!@#$%^&*()_+\b\tQWERTYUIOP{}\n", true);
    assert_keys(0x1e, "ASDFGHJKL:\"~", true);
    assert_keys(0x2b, "|ZXCVBNM<>?", true);
    assert_keys(0x39, " ", true);
    assert_keys(0x56, "|", true);
}

static void test_shift_ends_with_the_last_of_both_keys(void **state)
{
    (void)state;
    assert_decodes("AAa", LEFT_SHIFT, RIGHT_SHIFT, A, UP(LEFT_SHIFT), A, UP(RIGHT_SHIFT), A);
}

static void test_caps_lock_toggles_letters_only(void **state)
{
    (void)state;
    assert_decodes("A1a", CAPS_LOCK, UP(CAPS_LOCK), A, ONE, CAPS_LOCK, UP(CAPS_LOCK), A);
}

static void test_shift_undoes_caps_lock(void **state)
{
    (void)state;
    assert_decodes("a!", CAPS_LOCK, UP(CAPS_LOCK), LEFT_SHIFT, A, ONE);
}

static void test_control_gives_control_codes(void **state)
{
    (void)state;
    assert_decodes("\x15u", CONTROL, U, UP(CONTROL), U);
    assert_decodes("\x15u", 0xe0, CONTROL, U, 0xe0, UP(CONTROL), U);
    assert_decodes("\x15", CONTROL, LEFT_SHIFT, U);
    assert_decodes("\x15u", CONTROL, 0xe0, CONTROL, 0xe0, UP(CONTROL), U, UP(CONTROL), U);
}

static void test_keypad_gives_digits_and_operators(void **state)
{
    (void)state;
    assert_keys(0x47, "789-456+1230.", false);
    assert_keys(0x37, "*", false);
    assert_decodes("\n/", 0xe0, 0x1c, 0xe0, 0x9c, 0xe0, 0x35, 0xe0, 0xb5);
}

static void test_arrow_keys_are_no_keypad_digits(void **state)
{
    (void)state;
    assert_decodes("a", 0xe0, 0x48, 0xe0, 0xc8, 0xe0, 0x53, 0xe0, 0xd3, A);
}

/* Print Screen and, with Num Lock, the arrows come wrapped in E0 2A ... E0 AA. */
static void test_shifts_made_up_by_the_keyboard_do_not_count(void **state)
{
    (void)state;
    assert_decodes("a", 0xe0, 0x2a, 0xe0, 0x37, A);
    assert_decodes("A", LEFT_SHIFT, 0xe0, 0xaa, 0xe0, 0x48, 0xe0, 0xc8, 0xe0, 0x2a, A);
}

static void test_pause_is_swallowed_whole(void **state)
{
    (void)state;
    assert_decodes("a", 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5, A);
}

static void test_other_keys_and_replies_are_ignored(void **state)
{
    (void)state;
    assert_decodes("a", 0x01, 0x3b, 0x44, 0x45, 0x46, 0x57, 0x58, 0x38, 0x7f, A);
    assert_decodes("a", 0xfa, 0xfe, 0xaa, 0xff, 0x00, A);
}

static void test_every_code_is_safe_in_every_state(void **state)
{
    struct keyboard keyboard = {0};

    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            keyboard_decode(&keyboard, (uint8_t)first);
            assert_in_range((uint8_t)keyboard_decode(&keyboard, (uint8_t)second), 0, 0x7e);
        }
    }
}

/* ---- polling --------------------------------------------------------------- */

static char poll_with(uint8_t status, uint8_t data)
{
    struct keyboard keyboard = {0};

    controller.status = status;
    controller.data = data;
    controller.data_reads = 0;
    return keyboard_poll(&keyboard);
}

static void test_poll_takes_a_code_that_waits(void **state)
{
    (void)state;
    assert_int_equal('a', poll_with(0x1d, A));
    assert_int_equal(1, controller.data_reads);
}

static void test_poll_leaves_an_empty_controller_alone(void **state)
{
    (void)state;
    assert_int_equal(0, poll_with(0x1c, A));
    assert_int_equal(0, controller.data_reads);
}

static void test_poll_throws_mouse_bytes_away(void **state)
{
    (void)state;
    assert_int_equal(0, poll_with(0x3d, A));
    assert_int_equal(1, controller.data_reads);
}

static void test_poll_finds_no_key_without_a_controller(void **state)
{
    (void)state;
    assert_int_equal(0, poll_with(0xff, 0xff));
    assert_int_equal(0, controller.data_reads);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_give_the_us_layout),
        cmocka_unit_test(test_shift_gives_the_upper_row),
        cmocka_unit_test(test_shift_ends_with_the_last_of_both_keys),
        cmocka_unit_test(test_caps_lock_toggles_letters_only),
        cmocka_unit_test(test_shift_undoes_caps_lock),
        cmocka_unit_test(test_control_gives_control_codes),
        cmocka_unit_test(test_keypad_gives_digits_and_operators),
        cmocka_unit_test(test_arrow_keys_are_no_keypad_digits),
        cmocka_unit_test(test_shifts_made_up_by_the_keyboard_do_not_count),
        cmocka_unit_test(test_pause_is_swallowed_whole),
        cmocka_unit_test(test_other_keys_and_replies_are_ignored),
        cmocka_unit_test(test_every_code_is_safe_in_every_state),
        cmocka_unit_test(test_poll_takes_a_code_that_waits),
        cmocka_unit_test(test_poll_leaves_an_empty_controller_alone),
        cmocka_unit_test(test_poll_throws_mouse_bytes_away),
        cmocka_unit_test(test_poll_finds_no_key_without_a_controller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
