/*
 * test_line_editor.c - the line editor: what each key does to the line, and
 * what a person sees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "kernel/input/line_editor.h"
#include "tests/unit/terminal_row.h"

#define CONTROL(letter) ((letter) & 0x1f)
#define PROMPT "> "
#define WIDTH (TERMINAL_COLUMNS - strlen("^C") - strlen(PROMPT))

static struct line_editor editor;
static struct terminal_row terminal;
static enum line_result result;
static char listed[256]; /* everything that was written */
static size_t listed_length;

static const char *word(size_t index)
{
    static const char *const words[] = {"help", "hello", "helium", "clear", "x"};

    return index < sizeof words / sizeof words[0] ? words[index] : NULL;
}

static void write_both(void *context, const char *text, size_t length)
{
    terminal_row_write(context, text, length);
    for (size_t i = 0; i < length && listed_length < sizeof listed - 1; i++)
        listed[listed_length++] = text[i];
}

static int setup(void **state)
{
    (void)state;
    memset(&terminal, 0, sizeof terminal);
    terminal_row_blank(&terminal);
    line_editor_start(&editor, PROMPT, word, write_both, &terminal);
    line_editor_prompt(&editor);
    return 0;
}

static void press(key_code key)
{
    result = line_editor_key(&editor, key);
    if (result == LINE_DONE || result == LINE_DROPPED)
        line_editor_prompt(&editor);
}

static void press_times(key_code key, size_t times)
{
    while (times-- > 0)
        press(key);
}

static void type(const char *text)
{
    while (*text != '\0')
        press((uint8_t)*text++);
}

/* The line is `before` and `after` the cursor, and a person sees exactly that. */
static void assert_line(const char *before, const char *after)
{
    char expected[LINE_TEXT_SIZE] = "", text[LINE_TEXT_SIZE];
    size_t column = sizeof PROMPT - 1 + strlen(before);

    strcat(strcat(expected, before), after);
    line_text(text, line_history_current(&editor.history));
    assert_string_equal(expected, text);
    for (size_t i = 0; i < TERMINAL_COLUMNS; i++) {
        size_t at = i - strlen(PROMPT);
        char cell = i < strlen(PROMPT) ? PROMPT[i] : at < strlen(expected) ? expected[at] : ' ';

        assert_int_equal(cell, terminal.cells[i]);
    }
    assert_int_equal(column, terminal.column);
}

static void test_characters_are_inserted_at_the_cursor(void **state)
{
    (void)state;
    type("hlp me");
    press_times(KEY_LEFT, 5);
    type("e");
    assert_line("he", "lp me");
    assert_int_equal(0, terminal.bells);
}

static void test_cursor_keys_and_their_control_codes(void **state)
{
    static const struct {
        key_code key;
        const char *before, *after;
    } steps[] = {
        {KEY_LEFT, "one two thre", "e"}, {CONTROL('B'), "one two thr", "ee"},
        {KEY_RIGHT, "one two thre", "e"}, {CONTROL('F'), "one two three", ""},
        {KEY_LEFT | KEY_CTRL, "one two ", "three"}, {'b' | KEY_ALT, "one ", "two three"},
        {KEY_RIGHT | KEY_CTRL, "one two", " three"}, {'f' | KEY_ALT, "one two three", ""},
        {KEY_HOME, "", "one two three"}, {KEY_END, "one two three", ""},
        {CONTROL('A'), "", "one two three"}, {CONTROL('E'), "one two three", ""},
    };

    (void)state;
    type("one two three");
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        press(steps[i].key);
        assert_line(steps[i].before, steps[i].after);
    }
    assert_int_equal(0, terminal.bells);
}

static void test_erasing_keys(void **state)
{
    static const struct {
        key_code key;
        const char *before, *after;
    } cases[] = {
        {'\b', "one tw", "  three four"}, {0x7f, "one tw", "  three four"},
        {KEY_DELETE, "one two", " three four"}, {CONTROL('D'), "one two", " three four"},
        {CONTROL('W'), "one ", "  three four"}, {CONTROL('U'), "", "  three four"},
        {CONTROL('K'), "one two", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        type("one two  three four");
        press_times(KEY_LEFT, strlen("  three four"));
        press(cases[i].key);
        assert_line(cases[i].before, cases[i].after);
        press(CONTROL('C'));
        assert_line("", "");
    }
}

static void test_what_cannot_be_done_rings_the_bell_and_changes_nothing(void **state)
{
    static const key_code at_start[] = {'\b', KEY_LEFT, KEY_LEFT | KEY_CTRL, KEY_HOME, CONTROL('W'),
                                        CONTROL('U'), KEY_UP, KEY_DOWN, KEY_F1, KEY_INSERT, 0,
                                        '\033', 'q' | KEY_ALT, 0x300, 0x4e00, 0x1f600, 0xad};

    (void)state;
    type("ab");
    press(KEY_HOME);
    for (size_t i = 0; i < sizeof at_start / sizeof at_start[0]; i++) {
        press(at_start[i]);
        assert_int_equal(i + 1, terminal.bells);
        assert_line("", "ab");
    }
}

static void test_enter_takes_the_whole_line_from_anywhere(void **state)
{
    (void)state;
    type("help me");
    press(KEY_HOME);
    press('\n');
    assert_int_equal(LINE_DONE, result);
    assert_string_equal("help me", editor.text);
    assert_int_equal(1, terminal.rows);
    assert_line("", "");
}

static void test_control_l_asks_to_clear_and_keeps_the_line(void **state)
{
    (void)state;
    type("keep");
    press(CONTROL('L'));
    assert_int_equal(LINE_CLEAR, result);
    terminal_row_blank(&terminal);
    line_editor_prompt(&editor);
    assert_line("keep", "");
}

static void test_unicode_comes_out_as_utf8(void **state)
{
    (void)state;
    press(0xe4);
    press(0x20ac);
    press(KEY_LEFT);
    press('x');
    assert_int_equal(0xe4, terminal.cells[2]);
    assert_int_equal('x', terminal.cells[3]);
    assert_int_equal(0x20ac, terminal.cells[4]);
    press('\n');
    assert_string_equal("\xc3\xa4x\xe2\x82\xac", editor.text);
}

static void test_long_line_scrolls_sideways_and_is_kept_whole(void **state)
{
    char expected[LINE_MAX + 1] = "";

    (void)state;
    for (size_t i = 0; i < LINE_MAX; i++) {
        expected[i] = (char)('a' + i % 26);
        press((uint8_t)expected[i]);
    }
    assert_int_equal(0, terminal.bells);
    assert_int_equal('<', terminal.cells[2]);
    assert_int_equal(expected[LINE_MAX - 1], terminal.cells[terminal.column - 1]);
    press('z');
    assert_int_equal(1, terminal.bells);
    press(KEY_HOME);
    assert_int_equal('a', terminal.cells[2]);
    assert_int_equal('>', terminal.cells[2 + WIDTH - 1]);
    press('\n');
    assert_string_equal(expected, editor.text);
}

/* However long the line is: terminal_row.h aborts on a character in the last column. */
static void test_cancelling_a_line_never_wraps(void **state)
{
    (void)state;
    for (size_t length = WIDTH - 3; length < WIDTH + 3; length++) {
        press_times('w', length);
        press(CONTROL('C'));
        assert_int_equal(LINE_DROPPED, result);
        assert_line("", "");
    }
}

static void enter(const char *text)
{
    type(text);
    press('\n');
}

static void test_history_goes_up_and_down(void **state)
{
    (void)state;
    enter("one");
    enter("two");
    type("thr");
    press(KEY_UP);
    assert_line("two", "");
    press(CONTROL('P'));
    assert_line("one", "");
    press(KEY_UP);
    assert_int_equal(1, terminal.bells);
    press(KEY_DOWN);
    press(CONTROL('N'));
    assert_line("thr", "");
}

static void test_edited_history_entries_survive(void **state)
{
    (void)state;
    enter("one");
    enter("two");
    press(KEY_UP);
    type("X");
    press(KEY_UP);
    type("Y");
    press(KEY_DOWN);
    assert_line("twoX", "");
    press('\n'); /* enters twoX: the history has two again, the other edit is kept */
    assert_string_equal("twoX", editor.text);
    press(KEY_UP);
    assert_line("twoX", "");
    press(KEY_UP);
    assert_line("two", "");
    press(KEY_UP);
    assert_line("oneY", "");
    press(CONTROL('C')); /* cancels only the new line */
    press_times(KEY_UP, 3);
    assert_line("oneY", "");
}

static void test_history_keeps_no_empty_lines_and_no_repetitions(void **state)
{
    (void)state;
    enter("one");
    enter("");
    enter("one");
    press(KEY_UP);
    assert_line("one", "");
    press(KEY_UP);
    assert_int_equal(1, terminal.bells);
}

static void test_full_history_forgets_the_oldest(void **state)
{
    char name[16];

    (void)state;
    for (int i = 0; i < LINE_HISTORY_MAX + 3; i++) {
        snprintf(name, sizeof name, "n%d", i);
        enter(name);
    }
    press_times(KEY_UP, LINE_HISTORY_MAX - 1);
    assert_int_equal(0, terminal.bells);
    assert_line("n4", "");
    press(KEY_UP);
    assert_int_equal(1, terminal.bells);
}

static void test_tab_completes_a_unique_word(void **state)
{
    (void)state;
    type("c\t");
    assert_line("clear ", "");
    press(CONTROL('U'));
    type("helium now");
    press(KEY_HOME);
    press_times(KEY_RIGHT, 4);
    press('\t'); /* in the middle of the word: nothing is repeated */
    assert_line("helium ", "now");
}

static void test_tab_adds_what_words_have_in_common_then_lists_them(void **state)
{
    (void)state;
    type("h\t");
    assert_line("hel", "");
    listed_length = 0;
    press('\t');
    listed[listed_length] = '\0';
    assert_non_null(strstr(listed, "help"));
    assert_non_null(strstr(listed, "hello"));
    assert_non_null(strstr(listed, "helium"));
    assert_null(strstr(listed, "clear"));
    assert_line("hel", "");
    assert_int_equal(0, terminal.bells);
}

static void test_tab_without_a_match_rings_and_changes_nothing(void **state)
{
    (void)state;
    type("qu\t");
    assert_line("qu", "");
    assert_int_equal(1, terminal.bells);
    type(" arg\t");
    assert_line("qu arg", "");
    assert_int_equal(2, terminal.bells);
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_characters_are_inserted_at_the_cursor),
        TEST(test_cursor_keys_and_their_control_codes),
        TEST(test_erasing_keys),
        TEST(test_what_cannot_be_done_rings_the_bell_and_changes_nothing),
        TEST(test_enter_takes_the_whole_line_from_anywhere),
        TEST(test_control_l_asks_to_clear_and_keeps_the_line),
        TEST(test_unicode_comes_out_as_utf8),
        TEST(test_long_line_scrolls_sideways_and_is_kept_whole),
        TEST(test_cancelling_a_line_never_wraps),
        TEST(test_history_goes_up_and_down),
        TEST(test_edited_history_entries_survive),
        TEST(test_history_keeps_no_empty_lines_and_no_repetitions),
        TEST(test_full_history_forgets_the_oldest),
        TEST(test_tab_completes_a_unique_word),
        TEST(test_tab_adds_what_words_have_in_common_then_lists_them),
        TEST(test_tab_without_a_match_rings_and_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
