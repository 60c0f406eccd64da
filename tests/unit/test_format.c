/*
 * test_format.c - the output of format_string() for each conversion.
 *
 * A table fixes the ordinary cases; test_format_generated.c compares many more with
 * the host's snprintf.  Where C leaves the meaning open and we chose one, the tests
 * at the end fix the choice.
 */
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../lib/format.h"

/* Volatile, so that the compiler cannot check the formats: many are wrong on purpose. */
static size_t (*volatile ours)(char *, size_t, const char *, ...) = format_string;

/* Formats and compares text and returned length with what is expected. */
#define EXPECT(expected, ...)                                          \
    do {                                                               \
        char text[256];                                                \
        size_t length = ours(text, sizeof(text), __VA_ARGS__);         \
                                                                       \
        assert_string_equal(text, (expected));                         \
        assert_int_equal(length, strlen(expected));                    \
    } while (0)

/* ---- the table ---------------------------------------------------------- */

static void test_text_without_conversions_passes_unchanged(void **state)
{
    (void)state;
    EXPECT("", "%s", "");
    EXPECT("plain", "plain");
    EXPECT("100% sure", "%d%% sure", 100);
    EXPECT("\x80\xff\n", "\x80\xff\n");
}

static void test_signed_integers(void **state)
{
    (void)state;
    EXPECT("0", "%d", 0);
    EXPECT("-1", "%i", -1);
    EXPECT("-2147483648", "%d", INT_MIN);
    EXPECT("9223372036854775807", "%lld", LLONG_MAX);
    EXPECT("-9223372036854775808", "%jd", INTMAX_MIN);
    EXPECT("+5| 5|-5", "%+d|% d|%+d", 5, 5, -5);
    EXPECT("+5", "%+ d", 5);
}

static void test_unsigned_integers_in_every_base(void **state)
{
    (void)state;
    EXPECT("4294967295", "%u", UINT_MAX);
    EXPECT("18446744073709551615", "%llu", ULLONG_MAX);
    EXPECT("1777777777777777777777", "%llo", ULLONG_MAX);
    EXPECT("deadbeef DEADBEEF", "%x %X", 0xdeadbeef, 0xdeadbeef);
    EXPECT("0x1f 0X1F 017", "%#x %#X %#o", 0x1f, 0x1f, 15);
    EXPECT("0 0 0", "%#x %#X %#o", 0, 0, 0);
    EXPECT("0000001000000000", "%016llx", 0x1000000000ULL);
}

/* Both halves of a 64-bit number and the carry between them. */
static void test_decimal_division_carries_across_32_bits(void **state)
{
    (void)state;
    EXPECT("4294967296", "%llu", 0x100000000ULL);
    EXPECT("42949672959", "%llu", 42949672959ULL);
    EXPECT("10000000000000000000", "%llu", 10000000000000000000ULL);
    EXPECT("281474976710655", "%llu", 0xffffffffffffULL);
    EXPECT("65536 655360000", "%u %u", 65536, 655360000);
}

static void test_length_modifiers_cut_the_argument(void **state)
{
    (void)state;
    EXPECT("-1 255", "%hhd %hhu", 0xff, 0xfff);
    EXPECT("-1 65535", "%hd %hu", 0xffff, 0xfffff);
    EXPECT("-1 18446744073709551615", "%ld %lu", -1L, ULONG_MAX);
    EXPECT("-1 18446744073709551615", "%zd %zu", (ptrdiff_t)-1, SIZE_MAX);
    EXPECT("-1", "%td", (ptrdiff_t)-1);
}

static void test_width_and_zero_padding(void **state)
{
    (void)state;
    EXPECT("   42|42   |00042", "%5d|%-5d|%05d", 42, 42, 42);
    EXPECT("-0042|+0042|0x002a", "%05d|%+05d|%#06x", -42, 42, 42);
    EXPECT("42   ", "%-05d", 42);
    EXPECT("12345", "%3d", 12345);
}

static void test_precision_of_integers(void **state)
{
    (void)state;
    EXPECT("007|-007|+007", "%.3d|%.3d|%+.3d", 7, -7, 7);
    EXPECT("  007|007  |  007", "%5.3d|%-5.3d|%05.3d", 7, 7, 7);
    EXPECT("||0|+", "%.0d|%.x|%#.0o|%+.0d", 0, 0, 0, 0);
    EXPECT("0x00ff", "%#.4x", 255);
    EXPECT("0017", "%#.4o", 15);
}

static void test_strings_and_characters(void **state)
{
    (void)state;
    EXPECT("[abc] [  abc] [abc  ]", "[%s] [%5s] [%-5s]", "abc", "abc", "abc");
    EXPECT("[ab] [] [   ab]", "[%.2s] [%.0s] [%5.2s]", "abc", "abc", "abc");
    EXPECT("[x] [  x] [x  ]", "[%c] [%3c] [%-3c]", 'x', 'x', 'x');
}

static void test_star_takes_width_and_precision_from_arguments(void **state)
{
    (void)state;
    EXPECT("    7|7    ", "%*d|%*d", 5, 7, -5, 7);
    EXPECT("  007", "%*.*d", 5, 3, 7);
    EXPECT("7 abc", "%.*d %.*s", -1, 7, -1, "abc");
    EXPECT("00007", "%0*.*d", 5, -1, 7);
}

static void test_arguments_stay_in_step_over_many_conversions(void **state)
{
    (void)state;
    EXPECT("1 -2 c s 18446744073709551615 % 0x10 6 7 8 9",
           "%d %ld %c %s %llu %% %p %u %zu %d %d", 1, -2L, 'c', "s", ULLONG_MAX, (void *)16, 6u,
           (size_t)7, 8, 9);
}

/* The seventh argument and later ones are on the stack, in slots with junk above an int. */
static void test_ints_on_the_stack_are_read_as_ints(void **state)
{
    (void)state;
    EXPECT("1 2 3 4294967295 ffffffff 7", "%d %d %d %u %x %d", 1, 2, 3, -1, -1, 7);
}

/* The array has no terminator: AddressSanitizer watches. */
static void test_precision_bounds_what_is_read_of_a_string(void **state)
{
    char *unterminated = malloc(3);

    (void)state;
    memcpy(unterminated, "abc", 3);
    EXPECT("abc", "%.3s", unterminated);
    EXPECT("ab", "%.*s", 2, unterminated);
    free(unterminated);
}

static void test_character_zero_counts_like_any_other(void **state)
{
    char text[8];

    (void)state;
    assert_int_equal(ours(text, sizeof(text), "a%cb", 0), 3);
    assert_memory_equal(text, "a\0b", 4);
}

/* ---- our own choices ---------------------------------------------------- */

static void test_pointers_always_show_0x(void **state)
{
    (void)state;
    EXPECT("0x0", "%p", NULL);
    EXPECT("0xffffffff80000000", "%p", (void *)0xffffffff80000000);
    EXPECT("[   0x1f] [0x1f   ] [0x0000001f]", "[%7p] [%-7p] [%010p]", (void *)0x1f, (void *)0x1f,
           (void *)0x1f);
}

static void test_null_string_shows_null(void **state)
{
    (void)state;
    EXPECT("(null)", "%s", NULL);
    EXPECT("[  (null)] [(nu]", "[%8s] [%.3s]", NULL, NULL);
}

static void test_unknown_conversion_is_printed_as_it_stands(void **state)
{
    (void)state;
    EXPECT("%k 7", "%k %d", 7);
    EXPECT("%-08.3llk|", "%-08.3llk|");
    EXPECT("%f %ls %hc %lp", "%f %ls %hc %lp");
}

static void test_percent_n_writes_nothing(void **state)
{
    int untouched = 1234;

    (void)state;
    EXPECT("abc%n", "abc%n", &untouched);
    assert_int_equal(untouched, 1234);
}

static void test_format_may_end_inside_a_conversion(void **state)
{
    (void)state;
    EXPECT("50%", "50%");
    EXPECT("%l", "%l");
    EXPECT("%-5.", "%-5.");
    EXPECT("%*", "%*", 5);
}

/* ---- buffers and sinks -------------------------------------------------- */

static void test_truncation_at_every_size(void **state)
{
    static const char whole[] = "id=00042 name=     kernel 0xff";

    (void)state;
    for (size_t size = 0; size <= sizeof(whole) + 1; size++) {
        char *buffer = malloc(size + 1);
        size_t kept = size == 0 ? 0 : size - 1 < strlen(whole) ? size - 1 : strlen(whole);

        memset(buffer, '#', size + 1);
        assert_int_equal(ours(buffer, size, "id=%05d name=%11s %#x", 42, "kernel", 255),
                         strlen(whole));
        assert_memory_equal(buffer, whole, kept);
        if (size > 0)
            assert_int_equal(buffer[kept], '\0');
        assert_int_equal(buffer[size], '#');
        free(buffer);
    }
}

static void test_size_zero_needs_no_buffer(void **state)
{
    (void)state;
    assert_int_equal(ours(NULL, 0, "%d", 12345), 5);
}

static void test_enormous_width_overruns_nothing(void **state)
{
    char text[4];

    (void)state;
    assert_int_equal(ours(text, sizeof(text), "%100000d", 1), 100000);
    assert_string_equal(text, "   ");
    assert_int_equal(ours(text, sizeof(text), "%.100000x", 1), 100000);
    assert_string_equal(text, "000");
    assert_int_equal(ours(text, sizeof(text), "%-*s", 100000, "ab"), 100000);
    assert_string_equal(text, "ab ");
    assert_int_equal(ours(text, sizeof(text), "%99999999999999999999d", 1), INT_MAX);
    assert_int_equal(ours(text, sizeof(text), "%*d", INT_MIN, 1), 2147483648);
}

struct calls {
    unsigned count;
    size_t length;
};

static void counting_sink(void *context, const char *text, size_t length)
{
    struct calls *calls = context;

    assert_non_null(text);
    assert_true(length > 0);
    calls->count++;
    calls->length += length;
}

static size_t format_to(struct calls *calls, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    size_t length = format(counting_sink, calls, fmt, args);
    va_end(args);
    return length;
}

/* A sink's call may cost a port write or a screen flush, so characters must not come one by one. */
static void test_sink_gets_runs_not_single_characters(void **state)
{
    struct calls calls = { 0 };

    (void)state;
    size_t length = format_to(&calls, "twenty characters...%s%d%20d", "ten chars.", 1234567, 1);

    assert_int_equal(length, 57);
    assert_int_equal(calls.length, 57);
    assert_int_equal(calls.count, 5);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_without_conversions_passes_unchanged),
        cmocka_unit_test(test_signed_integers),
        cmocka_unit_test(test_unsigned_integers_in_every_base),
        cmocka_unit_test(test_decimal_division_carries_across_32_bits),
        cmocka_unit_test(test_length_modifiers_cut_the_argument),
        cmocka_unit_test(test_width_and_zero_padding),
        cmocka_unit_test(test_precision_of_integers),
        cmocka_unit_test(test_strings_and_characters),
        cmocka_unit_test(test_star_takes_width_and_precision_from_arguments),
        cmocka_unit_test(test_arguments_stay_in_step_over_many_conversions),
        cmocka_unit_test(test_ints_on_the_stack_are_read_as_ints),
        cmocka_unit_test(test_precision_bounds_what_is_read_of_a_string),
        cmocka_unit_test(test_character_zero_counts_like_any_other),
        cmocka_unit_test(test_pointers_always_show_0x),
        cmocka_unit_test(test_null_string_shows_null),
        cmocka_unit_test(test_unknown_conversion_is_printed_as_it_stands),
        cmocka_unit_test(test_percent_n_writes_nothing),
        cmocka_unit_test(test_format_may_end_inside_a_conversion),
        cmocka_unit_test(test_truncation_at_every_size),
        cmocka_unit_test(test_size_zero_needs_no_buffer),
        cmocka_unit_test(test_enormous_width_overruns_nothing),
        cmocka_unit_test(test_sink_gets_runs_not_single_characters),
    };

    return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
