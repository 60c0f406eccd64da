/*
 * test_terminal.c - what terminals send, byte by byte, and the keys that it must produce.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/internal/terminal.h"

#define KEYS_MAX 32

/* Feeds `bytes`, then lets the time pass if that can change anything. */
static void assert_keys(const char *bytes, size_t count, const key_code *expected,
                        size_t expected_count)
{
    struct terminal terminal = {0};
    key_code keys[KEYS_MAX + TERMINAL_KEYS_MAX];
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        length += terminal_decode(&terminal, (uint8_t)bytes[i], keys + length);
        assert_true(length <= KEYS_MAX);
    }
    if (terminal_is_waiting(&terminal))
        length += terminal_timeout(&terminal, keys + length);
    assert_false(terminal_is_waiting(&terminal));
    assert_int_equal(length, expected_count);
    for (size_t i = 0; i < length; i++)
        assert_int_equal(keys[i], expected[i]);
}

#define assert_input(text, ...) \
    assert_keys(text, sizeof(text) - 1, (const key_code[]){__VA_ARGS__}, \
                sizeof((const key_code[]){__VA_ARGS__}) / sizeof(key_code))
#define assert_nothing(text) assert_keys(text, sizeof(text) - 1, NULL, 0)

static void test_ascii_is_itself(void **state)
{
    (void)state;
    assert_input("aZ ~", 'a', 'Z', ' ', '~');
    assert_input("\x01\x15\t", 0x01, 0x15, '\t');
}

static void test_enter_and_backspace_of_every_terminal(void **state)
{
    (void)state;
    assert_input("\r", '\n');
    assert_input("\n", '\n');
    assert_input("\r\n\r\n", '\n', '\n');
    assert_input("\r\ra\n", '\n', '\n', 'a', '\n');
    assert_input("\b\x7f", '\b', '\b');
}

static void test_arrows_home_and_end_of_every_terminal(void **state)
{
    (void)state;
    assert_input("\033[A\033[B\033[C\033[D", KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT);
    assert_input("\033OA\033OB\033OC\033OD", KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT);
    assert_input("\033[H\033[F\033OH\033OF", KEY_HOME, KEY_END, KEY_HOME, KEY_END);
    assert_input("\033[1~\033[4~\033[7~\033[8~", KEY_HOME, KEY_END, KEY_HOME, KEY_END);
}

static void test_editing_and_function_keys(void **state)
{
    (void)state;
    assert_input("\033[2~\033[3~\033[5~\033[6~", KEY_INSERT, KEY_DELETE, KEY_PAGE_UP,
                 KEY_PAGE_DOWN);
    assert_input("\033OP\033OS\033[11~\033[15~", KEY_F1, KEY_F1 + 3, KEY_F1, KEY_F1 + 4);
    assert_input("\033[17~\033[21~\033[23~\033[24~", KEY_F1 + 5, KEY_F1 + 9, KEY_F1 + 10, KEY_F12);
    assert_input("\033[[A\033[[E", KEY_F1, KEY_F1 + 4);
    assert_input("\033OM\033[Z", '\n', '\t');
}

static void test_modifiers_come_as_second_parameter(void **state)
{
    (void)state;
    assert_input("\033[1;2A", KEY_SHIFT | KEY_UP);
    assert_input("\033[1;5C", KEY_CTRL | KEY_RIGHT);
    assert_input("\033[1;3D", KEY_ALT | KEY_LEFT);
    assert_input("\033[5;2~\033[6;2~", KEY_SHIFT | KEY_PAGE_UP, KEY_SHIFT | KEY_PAGE_DOWN);
    assert_input("\033[3;8~", KEY_SHIFT | KEY_ALT | KEY_CTRL | KEY_DELETE);
}

static void test_escape_and_a_key_is_alt(void **state)
{
    (void)state;
    assert_input("\033b\033F", KEY_ALT | 'b', KEY_ALT | 'F');
    assert_input("\033\x7f\033\r", KEY_ALT | '\b', KEY_ALT | '\n');
}

static void test_escape_alone_takes_its_time(void **state)
{
    struct terminal terminal = {0};
    key_code keys[TERMINAL_KEYS_MAX];

    (void)state;
    assert_false(terminal_is_waiting(&terminal));
    assert_int_equal(terminal_decode(&terminal, 033, keys), 0);
    assert_true(terminal_is_waiting(&terminal));
    assert_int_equal(terminal_timeout(&terminal, keys), 1);
    assert_int_equal(keys[0], 033);
    assert_input("\033\033", 033, 033);
    assert_input("\033\033[A", 033, KEY_UP);
    assert_input("\033[", KEY_ALT | '[');
    assert_input("\033O", KEY_ALT | 'O');
}

static void test_utf8_is_decoded(void **state)
{
    (void)state;
    assert_input("\xc3\xa4", u'ä');
    assert_input("\xe2\x82\xac", u'€');
    assert_input("\xf0\x9f\x98\x80x", 0x1f600, 'x');
    assert_input("\xf4\x8f\xbf\xbf", 0x10ffff);
}

static void test_bytes_that_are_not_utf8_become_one_sign_each(void **state)
{
    (void)state;
    assert_input("\x80z", UTF8_REPLACEMENT, 'z');
    assert_input("\xc3z", UTF8_REPLACEMENT, 'z');
    assert_input("\xc0\xaf", UTF8_REPLACEMENT, UTF8_REPLACEMENT);
    assert_input("\xe0\x80\xaf", UTF8_REPLACEMENT);
    assert_input("\xed\xa0\x80", UTF8_REPLACEMENT);
    assert_input("\xf4\x90\x80\x80", UTF8_REPLACEMENT);
    assert_input("\xf5\x80", UTF8_REPLACEMENT, UTF8_REPLACEMENT);
    assert_input("\xff\xfe", UTF8_REPLACEMENT, UTF8_REPLACEMENT);
    assert_input("\xe2\x82\033[A", UTF8_REPLACEMENT, KEY_UP);
    assert_input("\xc3\xc3\xa4", UTF8_REPLACEMENT, u'ä');
}

static void test_unknown_sequences_are_swallowed_whole(void **state)
{
    (void)state;
    assert_input("\033[?62;1;2cx", 'x');
    assert_input("\033[200~x\033[201~", 'x');
    assert_input("\033[99999999999999;2~x", 'x');
    assert_input("\033[;;;;;;;;;;;;;;;;5~x", 'x');
    assert_nothing("\033[16~");
    assert_nothing("\033[[Z");
    assert_nothing("\033[12;");
}

static void test_a_control_code_breaks_a_sequence_off_and_counts(void **state)
{
    (void)state;
    assert_input("\033[1\rx", '\n', 'x');
    assert_input("\033[1;\033[A", KEY_UP);
    assert_input("\033O\x03", 0x03);
    assert_input("\033[\xc3\xa4", u'ä');
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii_is_itself),
        cmocka_unit_test(test_enter_and_backspace_of_every_terminal),
        cmocka_unit_test(test_arrows_home_and_end_of_every_terminal),
        cmocka_unit_test(test_editing_and_function_keys),
        cmocka_unit_test(test_modifiers_come_as_second_parameter),
        cmocka_unit_test(test_escape_and_a_key_is_alt),
        cmocka_unit_test(test_escape_alone_takes_its_time),
        cmocka_unit_test(test_utf8_is_decoded),
        cmocka_unit_test(test_bytes_that_are_not_utf8_become_one_sign_each),
        cmocka_unit_test(test_unknown_sequences_are_swallowed_whole),
        cmocka_unit_test(test_a_control_code_breaks_a_sequence_off_and_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
