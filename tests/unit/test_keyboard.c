/*
 * test_keyboard.c - scancode scripts, and the keys that they must produce.
 *
 * A script is what a keyboard sends: scancode set 1, in which a release is the key's number with
 * bit 7 set.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/keyboard.h"

#define ESCAPE 0x01
#define ONE 0x02
#define BACKSPACE 0x0e
#define Q 0x10
#define E 0x12
#define U 0x16
#define CONTROL 0x1d
#define A 0x1e
#define LEFT_SHIFT 0x2a
#define RIGHT_SHIFT 0x36
#define ALT 0x38
#define SPACE 0x39
#define CAPS_LOCK 0x3a
#define NUM_LOCK 0x45
#define SCROLL_LOCK 0x46
#define CIRCUMFLEX_DE 0x29
#define ACUTE_DE 0x0d
#define EXT 0xe0
#define UP(key) ((key) | 0x80)

#define KEYS_MAX 64

static struct keyboard keyboard_with(const char *layout)
{
    const struct keyboard_layout *found = keyboard_layout_find(layout);

    assert_non_null(found);
    return (struct keyboard){.layout = found};
}

/* Runs a script; asserts that it produces exactly these keys. */
static void assert_script(struct keyboard *keyboard, const uint8_t *codes, size_t count,
                          const key_code *expected, size_t expected_count)
{
    key_code keys[KEYS_MAX + KEYBOARD_KEYS_MAX];
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        size_t found = keyboard_decode(keyboard, codes[i], keys + length);

        assert_true(found <= KEYBOARD_KEYS_MAX);
        length += found;
        assert_true(length <= KEYS_MAX);
    }
    assert_int_equal(length, expected_count);
    for (size_t i = 0; i < length; i++)
        assert_int_equal(keys[i], expected[i]);
}

#define CODES(...) (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__})
#define KEYS(...) \
    (const key_code[]){__VA_ARGS__}, sizeof((const key_code[]){__VA_ARGS__}) / sizeof(key_code)
#define NO_KEYS NULL, 0

#define assert_us(...) assert_on("us", __VA_ARGS__)
#define assert_de(...) assert_on("de", __VA_ARGS__)

static void assert_on(const char *layout, const uint8_t *codes, size_t count,
                      const key_code *expected, size_t expected_count)
{
    struct keyboard keyboard = keyboard_with(layout);

    assert_script(&keyboard, codes, count, expected, expected_count);
}

/* All keys from `first` on, each pressed and released, after the key codes of `prefix`. */
static void assert_row(const char *layout, const char *prefix, uint8_t first,
                       const uint16_t *expected)
{
    struct keyboard keyboard = keyboard_with(layout);
    key_code keys[KEYBOARD_KEYS_MAX];

    for (; *prefix != '\0'; prefix++)
        keyboard_decode(&keyboard, (uint8_t)*prefix, keys);
    for (uint8_t i = 0; expected[i] != 0; i++) {
        uint8_t code = (uint8_t)(first + i);

        assert_int_equal(keyboard_decode(&keyboard, code, keys), expected[i] != ' ');
        if (expected[i] != ' ')
            assert_int_equal(keys[0], expected[i]);
        assert_int_equal(keyboard_decode(&keyboard, UP(code), keys), 0);
    }
}

#define PLAIN ""
#define SHIFTED "\x2a"
#define ALTGR "\xe0\x38"

/* ---- layouts --------------------------------------------------------------- */

static void test_us_keys_are_where_they_are_printed(void **state)
{
    (void)state;
    assert_row("us", PLAIN, ONE, u"1234567890-=\b\tqwertyuiop[]\n");
    assert_row("us", PLAIN, A, u"asdfghjkl;'`");
    assert_row("us", PLAIN, 0x2b, u"\\zxcvbnm,./");
    assert_row("us", PLAIN, 0x56, u"\\");
    assert_us(CODES(SPACE), KEYS(' '));
    assert_row("us", SHIFTED, ONE, u"!@#$%^&*()_+\b\tQWERTYUIOP{}\n");
    assert_row("us", SHIFTED, A, u"ASDFGHJKL:\"~");
    assert_row("us", SHIFTED, 0x2b, u"|ZXCVBNM<>?");
    assert_us(CODES(LEFT_SHIFT, SPACE), KEYS(' '));
}

static void test_german_keys_are_where_they_are_printed(void **state)
{
    (void)state;
    assert_row("de", PLAIN, ONE, u"1234567890ß");
    assert_row("de", PLAIN, Q, u"qwertzuiopü+\n");
    assert_row("de", PLAIN, A, u"asdfghjklöä");
    assert_row("de", PLAIN, 0x2b, u"#yxcvbnm,.-");
    assert_row("de", PLAIN, 0x56, u"<");
    assert_row("de", SHIFTED, ONE, u"!\"§$%&/()=?");
    assert_row("de", SHIFTED, Q, u"QWERTZUIOPÜ*");
    assert_row("de", SHIFTED, A, u"ASDFGHJKLÖÄ°");
    assert_row("de", SHIFTED, 0x2b, u"'YXCVBNM;:_");
    assert_row("de", SHIFTED, 0x56, u">");
    assert_row("de", ALTGR, ONE, u" ²³   {[]}\\");
    assert_row("de", ALTGR, Q, u"@ €        ~");
    assert_row("de", ALTGR, 0x2b, u"       µ   ");
    assert_row("de", ALTGR, 0x56, u"|");
}

static void test_every_layout_can_type_all_of_ascii(void **state)
{
    (void)state;
    for (size_t i = 0; i < keyboard_layout_count; i++) {
        for (uint32_t c = '!'; c <= '~'; c++) {
            unsigned found = 0;

            for (unsigned level = 0; level < KEYBOARD_LEVELS; level++)
                for (unsigned code = 0; code < 0x80; code++)
                    found += keyboard_layout_character(&keyboard_layouts[i],
                                                       (enum keyboard_level)level,
                                                       (uint8_t)code) == c;
            if (found == 0)
                fail_msg("layout %s has no '%c'", keyboard_layouts[i].name, (int)c);
        }
    }
}

static void test_a_layout_that_is_not_there_is_not_found(void **state)
{
    (void)state;
    assert_null(keyboard_layout_find("xx"));
    assert_null(keyboard_layout_find(""));
}

static void test_dead_keys_wait_for_their_letter(void **state)
{
    (void)state;
    assert_de(CODES(ACUTE_DE), NO_KEYS);
    assert_de(CODES(ACUTE_DE, UP(ACUTE_DE), E), KEYS(u'é'));
    assert_de(CODES(CIRCUMFLEX_DE, LEFT_SHIFT, A), KEYS(u'Â'));
    assert_de(CODES(LEFT_SHIFT, ACUTE_DE, UP(LEFT_SHIFT), U), KEYS(u'ù'));
}

static void test_dead_keys_appear_alone_before_all_else(void **state)
{
    (void)state;
    assert_de(CODES(CIRCUMFLEX_DE, SPACE), KEYS('^'));
    assert_de(CODES(CIRCUMFLEX_DE, CIRCUMFLEX_DE), KEYS('^'));
    assert_de(CODES(CIRCUMFLEX_DE, Q, E), KEYS('^', 'q', 'e'));
    assert_de(CODES(ACUTE_DE, BACKSPACE, E), KEYS('\b', 'e'));
    assert_de(CODES(ACUTE_DE, EXT, 0x48, E), KEYS(KEY_UP, 'e'));
}

static void test_a_layout_without_altgr_has_two_alt_keys(void **state)
{
    (void)state;
    assert_us(CODES(EXT, ALT, Q), KEYS(KEY_ALT | 'q'));
    assert_us(CODES(ALT, Q, UP(ALT), Q), KEYS(KEY_ALT | 'q', 'q'));
    assert_de(CODES(ALT, Q), KEYS(KEY_ALT | 'q'));
    assert_de(CODES(EXT, ALT, Q, EXT, UP(ALT), Q), KEYS('@', 'q'));
}

/* ---- modifiers and locks --------------------------------------------------- */

static void test_shift_ends_with_the_last_of_both_keys(void **state)
{
    (void)state;
    assert_us(CODES(LEFT_SHIFT, RIGHT_SHIFT, A, UP(LEFT_SHIFT), A, UP(RIGHT_SHIFT), A),
              KEYS('A', 'A', 'a'));
}

static void test_caps_lock_toggles_letters_only(void **state)
{
    (void)state;
    assert_us(CODES(CAPS_LOCK, UP(CAPS_LOCK), A, ONE, CAPS_LOCK, UP(CAPS_LOCK), A),
              KEYS('A', '1', 'a'));
    assert_de(CODES(CAPS_LOCK, UP(CAPS_LOCK), 0x27, 0x0c), KEYS(u'Ö', u'ß'));
}

static void test_shift_undoes_caps_lock(void **state)
{
    (void)state;
    assert_us(CODES(CAPS_LOCK, UP(CAPS_LOCK), LEFT_SHIFT, A, ONE), KEYS('a', '!'));
}

static void test_locks_that_are_held_do_not_toggle_again(void **state)
{
    struct keyboard keyboard = keyboard_with("us");

    (void)state;
    assert_script(&keyboard, CODES(CAPS_LOCK, CAPS_LOCK, CAPS_LOCK, UP(CAPS_LOCK), A), KEYS('A'));
    assert_int_equal(keyboard.locks, LOCK_CAPS);
    assert_script(&keyboard, CODES(NUM_LOCK, SCROLL_LOCK, NUM_LOCK, SCROLL_LOCK), NO_KEYS);
    assert_int_equal(keyboard.locks, LOCK_CAPS | LOCK_NUM | LOCK_SCROLL);
    assert_script(&keyboard, CODES(UP(NUM_LOCK), NUM_LOCK), NO_KEYS);
    assert_int_equal(keyboard.locks, LOCK_CAPS | LOCK_SCROLL);
}

static void test_control_gives_control_codes(void **state)
{
    (void)state;
    assert_us(CODES(CONTROL, U, UP(CONTROL), U), KEYS(0x15, 'u'));
    assert_us(CODES(EXT, CONTROL, U, EXT, UP(CONTROL), U), KEYS(0x15, 'u'));
    assert_us(CODES(CONTROL, LEFT_SHIFT, U), KEYS(0x15));
    assert_us(CODES(CONTROL, EXT, CONTROL, EXT, UP(CONTROL), U, UP(CONTROL), U), KEYS(0x15, 'u'));
    assert_us(CODES(CONTROL, 0x1a), KEYS(0x1b));
    assert_us(CODES(CONTROL, ONE, BACKSPACE), KEYS(KEY_CTRL | '1', KEY_CTRL | '\b'));
}

static void test_held_keys_repeat(void **state)
{
    (void)state;
    assert_us(CODES(A, A, A, UP(A)), KEYS('a', 'a', 'a'));
    assert_us(CODES(EXT, 0x48, EXT, 0x48, EXT, UP(0x48)), KEYS(KEY_UP, KEY_UP));
}

/* ---- grey keys, keypad, function keys -------------------------------------- */

static void test_grey_keys_are_not_keypad_digits(void **state)
{
    (void)state;
    assert_us(CODES(NUM_LOCK, EXT, 0x47, EXT, 0x48, EXT, 0x49, EXT, 0x4b, EXT, 0x4d),
              KEYS(KEY_HOME, KEY_UP, KEY_PAGE_UP, KEY_LEFT, KEY_RIGHT));
    assert_us(CODES(EXT, 0x4f, EXT, 0x50, EXT, 0x51, EXT, 0x52, EXT, 0x53),
              KEYS(KEY_END, KEY_DOWN, KEY_PAGE_DOWN, KEY_INSERT, KEY_DELETE));
    assert_us(CODES(EXT, 0x1c, EXT, UP(0x1c), EXT, 0x35), KEYS('\n', '/'));
    assert_us(CODES(EXT, 0x4a, EXT, 0x4c, EXT, 0x4e), NO_KEYS);
}

static void test_grey_keys_carry_their_modifiers(void **state)
{
    (void)state;
    assert_us(CODES(LEFT_SHIFT, EXT, 0x49), KEYS(KEY_SHIFT | KEY_PAGE_UP));
    assert_us(CODES(CONTROL, ALT, EXT, 0x4b), KEYS(KEY_CTRL | KEY_ALT | KEY_LEFT));
}

static void test_keypad_is_digits_with_num_lock_and_keys_without(void **state)
{
    struct keyboard keyboard = keyboard_with("us");

    (void)state;
    assert_script(&keyboard, CODES(0x47, 0x48, 0x4c, 0x4a, 0x52, 0x53),
                  KEYS(KEY_HOME, KEY_UP, '-', KEY_INSERT, KEY_DELETE));
    keyboard.locks = LOCK_NUM;
    assert_script(&keyboard,
                  CODES(0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52,
                        0x53, 0x37),
                  KEYS('7', '8', '9', '-', '4', '5', '6', '+', '1', '2', '3', '0', '.', '*'));
}

static void test_shift_inverts_num_lock(void **state)
{
    (void)state;
    assert_us(CODES(LEFT_SHIFT, 0x47, 0x4e), KEYS('7', '+'));
    assert_us(CODES(NUM_LOCK, UP(NUM_LOCK), LEFT_SHIFT, 0x47, 0x4c), KEYS(KEY_HOME));
}

static void test_function_keys(void **state)
{
    (void)state;
    assert_us(CODES(0x3b, 0x44, 0x57, 0x58), KEYS(KEY_F1, KEY_F1 + 9, KEY_F1 + 10, KEY_F12));
    assert_us(CODES(LEFT_SHIFT, 0x3c), KEYS(KEY_SHIFT | (KEY_F1 + 1)));
}

/* ---- what is not a key ----------------------------------------------------- */

/* Print Screen and, with Num Lock, the arrows come wrapped in E0 2A ... E0 AA. */
static void test_shifts_made_up_by_the_keyboard_do_not_count(void **state)
{
    (void)state;
    assert_us(CODES(EXT, 0x2a, EXT, 0x37, A), KEYS('a'));
    assert_us(CODES(LEFT_SHIFT, EXT, 0xaa, EXT, 0x48, EXT, 0xc8, EXT, 0x2a, A),
              KEYS(KEY_SHIFT | KEY_UP, 'A'));
}

static void test_pause_is_swallowed_whole(void **state)
{
    struct keyboard keyboard = keyboard_with("us");

    (void)state;
    assert_script(&keyboard, CODES(0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5, A), KEYS('a'));
    assert_int_equal(keyboard.held, 0);
    assert_int_equal(keyboard.locks, 0);
}

static void test_other_keys_and_replies_are_ignored(void **state)
{
    (void)state;
    assert_us(CODES(EXT, 0x5b, EXT, 0xdb, EXT, 0x5d, 0x54, 0x7f, A), KEYS('a'));
    assert_us(CODES(0xfa, 0xfe, 0xaa, 0xee, A), KEYS('a'));
}

static void test_lost_codes_leave_no_key_stuck(void **state)
{
    (void)state;
    assert_us(CODES(LEFT_SHIFT, CONTROL, 0xff, A), KEYS('a'));
    assert_us(CODES(LEFT_SHIFT, 0x00, A), KEYS('a'));
    assert_us(CODES(EXT, 0xff, 0x47), KEYS(KEY_HOME));
    assert_us(CODES(0xe1, 0xff, A), KEYS('a'));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_us_keys_are_where_they_are_printed),
        cmocka_unit_test(test_german_keys_are_where_they_are_printed),
        cmocka_unit_test(test_every_layout_can_type_all_of_ascii),
        cmocka_unit_test(test_a_layout_that_is_not_there_is_not_found),
        cmocka_unit_test(test_dead_keys_wait_for_their_letter),
        cmocka_unit_test(test_dead_keys_appear_alone_before_all_else),
        cmocka_unit_test(test_a_layout_without_altgr_has_two_alt_keys),
        cmocka_unit_test(test_shift_ends_with_the_last_of_both_keys),
        cmocka_unit_test(test_caps_lock_toggles_letters_only),
        cmocka_unit_test(test_shift_undoes_caps_lock),
        cmocka_unit_test(test_locks_that_are_held_do_not_toggle_again),
        cmocka_unit_test(test_control_gives_control_codes),
        cmocka_unit_test(test_held_keys_repeat),
        cmocka_unit_test(test_grey_keys_are_not_keypad_digits),
        cmocka_unit_test(test_grey_keys_carry_their_modifiers),
        cmocka_unit_test(test_keypad_is_digits_with_num_lock_and_keys_without),
        cmocka_unit_test(test_shift_inverts_num_lock),
        cmocka_unit_test(test_function_keys),
        cmocka_unit_test(test_shifts_made_up_by_the_keyboard_do_not_count),
        cmocka_unit_test(test_pause_is_swallowed_whole),
        cmocka_unit_test(test_other_keys_and_replies_are_ignored),
        cmocka_unit_test(test_lost_codes_leave_no_key_stuck),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
