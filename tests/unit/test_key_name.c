/*
 * test_key_name.c - names of keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/key_name.h"

static void assert_name(key_code key, const char *expected)
{
    char name[KEY_NAME_SIZE];

    key_name(name, key);
    assert_string_equal(name, expected);
}

static void test_characters_are_themselves(void **state)
{
    (void)state;
    assert_name('a', "a");
    assert_name('~', "~");
    assert_name(KEY_ALT | 'f', "Alt-f");
    assert_name(0xe4, "U+00E4");
    assert_name(0x1f600, "U+1F600");
    assert_name(0x7f, "U+007F");
}

static void test_keys_without_a_character_have_names(void **state)
{
    (void)state;
    assert_name(KEY_UP, "Up");
    assert_name(KEY_SHIFT | KEY_PAGE_UP, "Shift-Page Up");
    assert_name(KEY_CTRL | KEY_ALT | KEY_SHIFT | KEY_PAGE_DOWN, "Ctrl-Alt-Shift-Page Down");
    assert_name(KEY_F1, "F1");
    assert_name(KEY_F12, "F12");
}

static void test_control_codes_are_called_by_their_letter(void **state)
{
    (void)state;
    assert_name(1, "Ctrl-A");
    assert_name(0x1c, "Ctrl-\\");
    assert_name('\n', "Enter");
    assert_name('\t', "Tab");
    assert_name('\b', "Backspace");
    assert_name(0x1b, "Escape");
    assert_name(KEY_CTRL | '\b', "Ctrl-Backspace");
    assert_name(' ', "Space");
}

static void test_any_code_has_a_name_that_fits(void **state)
{
    char name[KEY_NAME_SIZE];

    (void)state;
    for (key_code code = 0; code < KEY_F12 + 1000; code++) {
        key_name(name, code | KEY_SHIFT | KEY_CTRL | KEY_ALT);
        assert_true(strlen(name) > strlen("Ctrl-Alt-Shift-") && strlen(name) < KEY_NAME_SIZE - 1);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters_are_themselves),
        cmocka_unit_test(test_keys_without_a_character_have_names),
        cmocka_unit_test(test_control_codes_are_called_by_their_letter),
        cmocka_unit_test(test_any_code_has_a_name_that_fits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
