/*
 * test_line.c - the line editor: what it keeps, what it echoes.
 *
 * A small terminal takes the echo, so that a test can compare what a person
 * would see with what the editor holds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/line.h"

static struct line line;
static char shown[256];   /* the terminal's current row */
static size_t column;
static unsigned bells;
static unsigned rows;     /* line feeds so far */
static char done[8][LINE_MAX + 1]; /* the lines that were ended */
static unsigned done_count;
static unsigned dropped_count;

static int setup(void **state)
{
    (void)state;
    memset(&line, 0, sizeof line);
    memset(shown, 0, sizeof shown);
    column = bells = rows = done_count = dropped_count = 0;
    return 0;
}

static void show(char c)
{
    if (c == '\a') {
        bells++;
    } else if (c == '\b') {
        assert_true(column > 0);
        column--;
    } else if (c == '\n') {
        rows++;
        column = 0;
        memset(shown, 0, sizeof shown);
    } else {
        assert_true(column < sizeof shown - 1);
        shown[column++] = c;
    }
}

static enum line_result type_one(char c)
{
    enum line_result result = line_input(&line, c);

    for (size_t i = 0; i < line.echo_count; i++)
        for (const char *echo = line.echo; *echo != '\0'; echo++)
            show(*echo);
    if (result == LINE_DONE)
        strcpy(done[done_count++ % 8], line.text);
    if (result == LINE_DROPPED)
        dropped_count++;
    return result;
}

static void type(const char *keys)
{
    while (*keys != '\0')
        type_one(*keys++);
}

/* The text, and the row up to the cursor, are both `expected`. */
static void assert_line(const char *expected)
{
    assert_string_equal(expected, line.text);
    assert_int_equal(strlen(expected), line.length);
    assert_int_equal(strlen(expected), column);
    assert_memory_equal(expected, shown, column);
}

static void test_characters_are_kept_and_echoed(void **state)
{
    (void)state;
    type("help me ~!");
    assert_line("help me ~!");
    assert_int_equal(0, done_count);
}

static void test_enter_completes_the_line(void **state)
{
    (void)state;
    type("one\rtwo\n");
    assert_int_equal(2, done_count);
    assert_string_equal("one", done[0]);
    assert_string_equal("two", done[1]);
    assert_int_equal(2, rows);
}

static void test_return_and_line_feed_count_once(void **state)
{
    (void)state;
    type("one\r\n\r\ntwo\r\n");
    assert_int_equal(3, done_count);
    assert_string_equal("one", done[0]);
    assert_string_equal("", done[1]);
    assert_string_equal("two", done[2]);
    assert_int_equal(3, rows);
}

static void test_line_feed_and_return_count_twice(void **state)
{
    (void)state;
    type("a\n\rb\n\n");
    assert_int_equal(4, done_count);
}

static void test_backspace_and_delete_erase_one(void **state)
{
    (void)state;
    type("abc\b\177d");
    assert_line("ad");
    assert_int_equal(' ', shown[2]);
}

static void test_backspace_stops_at_the_prompt(void **state)
{
    (void)state;
    type("a\b\b\b");
    assert_line("");
}

static void test_ctrl_u_erases_the_line(void **state)
{
    (void)state;
    type("wrong\025right");
    assert_line("right");
    type("\025");
    assert_line("");
    assert_memory_equal("     ", shown, 5);
}

static void test_ctrl_c_drops_the_line(void **state)
{
    (void)state;
    type("wrong\003");
    assert_int_equal(1, dropped_count);
    assert_int_equal(0, done_count);
    assert_string_equal("", line.text);
    assert_int_equal(1, rows);
    type("right");
    assert_line("right");
}

static void test_tab_counts_as_a_space(void **state)
{
    (void)state;
    type("a\tb");
    assert_line("a b");
}

static void test_escape_sequences_are_swallowed(void **state)
{
    (void)state;
    type("a\033[A\033[3~\033[1;5C\033OP\033cb");
    assert_line("ab");
    assert_int_equal(0, bells);
}

static void test_escape_can_be_interrupted(void **state)
{
    (void)state;
    type("a\033\033[Ab\033[1\rc\033\n");
    assert_int_equal(2, done_count);
    assert_string_equal("ab", done[0]);
    assert_string_equal("c", done[1]);
}

static void test_unprintable_characters_ring_the_bell(void **state)
{
    (void)state;
    type("a\001\303\244b");
    assert_line("ab");
    assert_int_equal(3, bells);
}

static void test_a_full_line_rings_and_stays(void **state)
{
    char full[LINE_MAX + 1];

    (void)state;
    memset(full, 'x', LINE_MAX);
    full[LINE_MAX] = '\0';
    type(full);
    assert_int_equal(0, bells);
    type("yz");
    assert_int_equal(2, bells);
    assert_line(full);
    type("\b!");
    full[LINE_MAX - 1] = '!';
    assert_line(full);
}

static void test_the_next_line_starts_empty(void **state)
{
    (void)state;
    type("one\n");
    assert_string_equal("one", line.text);
    type("t");
    assert_line("t");
    type("\n\b");
    assert_line("");
}

/* Whatever comes in, text, length and screen agree. */
static void test_noise_keeps_text_and_screen_alike(void **state)
{
    (void)state;
    srand(1);
    for (unsigned i = 0; i < 200000; i++) {
        static const char likely[] = "abcdefghijklm\b\b\177\025\003\r\n\033[O;A~\t";
        int r = rand();
        char c = r % 8 == 0 ? (char)(r >> 8) : likely[(r >> 8) % (int)(sizeof likely - 1)];

        if (type_one(c) != LINE_MORE)
            continue;
        if (!line.ended)
            assert_line(line.text);
        assert_true(line.length <= LINE_MAX);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_characters_are_kept_and_echoed, setup),
        cmocka_unit_test_setup(test_enter_completes_the_line, setup),
        cmocka_unit_test_setup(test_return_and_line_feed_count_once, setup),
        cmocka_unit_test_setup(test_line_feed_and_return_count_twice, setup),
        cmocka_unit_test_setup(test_backspace_and_delete_erase_one, setup),
        cmocka_unit_test_setup(test_backspace_stops_at_the_prompt, setup),
        cmocka_unit_test_setup(test_ctrl_u_erases_the_line, setup),
        cmocka_unit_test_setup(test_ctrl_c_drops_the_line, setup),
        cmocka_unit_test_setup(test_tab_counts_as_a_space, setup),
        cmocka_unit_test_setup(test_escape_sequences_are_swallowed, setup),
        cmocka_unit_test_setup(test_escape_can_be_interrupted, setup),
        cmocka_unit_test_setup(test_unprintable_characters_ring_the_bell, setup),
        cmocka_unit_test_setup(test_a_full_line_rings_and_stays, setup),
        cmocka_unit_test_setup(test_the_next_line_starts_empty, setup),
        cmocka_unit_test_setup(test_noise_keeps_text_and_screen_alike, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
