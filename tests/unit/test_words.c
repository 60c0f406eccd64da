/* test_words.c - the shell's words, numbers and guesses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/shell/internal/nearest.h"
#include "kernel/shell/internal/number.h"
#include "kernel/shell/internal/words.h"

/* The words of `line`, each after a |. */
static void assert_words(const char *expected, const char *line)
{
    char copy[300], found[600] = "";
    const char *words[WORDS_MAX];

    snprintf(copy, sizeof copy, "%s", line);

    int count = words_split(copy, words);

    for (int i = 0; i < count; i++) {
        strcat(found, "|");
        strcat(found, words[i]);
    }
    assert_string_equal(expected, found);
}

static void test_blanks_separate_words(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words("", "   ");
    assert_words("|help", "help");
    assert_words("|echo|a|bc", "  echo a   bc ");
}

static void test_quotes_join(void **state)
{
    (void)state;
    assert_words("|echo|a  b|c", "echo \"a  b\" c");
    assert_words("|it's|say \"x\"", "\"it's\" 'say \"x\"'");
    assert_words("|ab c d", "a'b c'\" d\"");
    assert_words("|echo||x", "echo '' x");
}

static void test_open_quotes_are_reported(void **state)
{
    char first[] = "echo \"a b", second[] = "it's", third[] = "echo x '";
    const char *words[WORDS_MAX];

    (void)state;
    assert_int_equal(WORDS_OPEN_QUOTE, words_split(first, words));
    assert_int_equal(WORDS_OPEN_QUOTE, words_split(second, words));
    assert_int_equal(WORDS_OPEN_QUOTE, words_split(third, words));
}

static void test_a_full_line_of_words_fits(void **state)
{
    char text[2 * (WORDS_MAX + 1) + 1];
    const char *words[WORDS_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 2 ? ' ' : 'w';
    text[sizeof text - 1] = '\0';
    assert_int_equal(WORDS_TOO_MANY, words_split(text, words));
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = i % 2 ? ' ' : 'w';
    text[2 * WORDS_MAX] = '\0';
    assert_int_equal(WORDS_MAX, words_split(text, words));
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        enum number_result result;
        uint64_t value;
    } cases[] = {
        {"0", NUMBER_OK, 0}, {"42", NUMBER_OK, 42}, {"010", NUMBER_OK, 10},
        {"0x10", NUMBER_OK, 16}, {"0XaBc", NUMBER_OK, 0xabc},
        {"18446744073709551615", NUMBER_OK, UINT64_MAX},
        {"0xffffffffffffffff", NUMBER_OK, UINT64_MAX},
        {"18446744073709551616", NUMBER_TOO_BIG, 0}, {"0x10000000000000000", NUMBER_TOO_BIG, 0},
        {"99999999999999999999999", NUMBER_TOO_BIG, 0}, {"99999999999999999999999z", NUMBER_BAD, 0},
        {"", NUMBER_BAD, 0}, {"0x", NUMBER_BAD, 0}, {"x1", NUMBER_BAD, 0}, {"-1", NUMBER_BAD, 0},
        {"+1", NUMBER_BAD, 0}, {"12a", NUMBER_BAD, 0}, {"0xg", NUMBER_BAD, 0},
        {" 1", NUMBER_BAD, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t value = 77;

        assert_int_equal(cases[i].result, number_parse(cases[i].text, &value));
        assert_int_equal(cases[i].result == NUMBER_OK ? cases[i].value : 77, value);
    }
}

static const char *name(size_t index)
{
    static const char *const names[] = {"help", "echo", "reboot", "boot"};

    return index < sizeof names / sizeof names[0] ? names[index] : NULL;
}

static void assert_nearest(const char *expected, const char *word)
{
    const char *found = nearest_name(word, name);

    assert_string_equal(expected, found ? found : "none");
}

static void test_nearest_name(void **state)
{
    (void)state;
    assert_nearest("help", "hlep");    /* swapped */
    assert_nearest("help", "hepl");
    assert_nearest("help", "helpp");   /* one too many */
    assert_nearest("echo", "eco");     /* one too few */
    assert_nearest("echo", "exho");    /* replaced */
    assert_nearest("reboot", "rebot");
    assert_nearest("boot", "boot");
    assert_nearest("none", "frobnicate");
    assert_nearest("none", "h");
    assert_nearest("none", "xyz");
    assert_nearest("none", "a_word_much_longer_than_any_name");
    assert_nearest("none", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks_separate_words),
        cmocka_unit_test(test_quotes_join),
        cmocka_unit_test(test_open_quotes_are_reported),
        cmocka_unit_test(test_a_full_line_of_words_fits),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_nearest_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
