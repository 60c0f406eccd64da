/*
 * test_string.c - the memory and string functions do what ISO C promises.
 *
 * lib/string.c is included here under other names, because its own are the
 * C library's, which the test framework needs.  Every length and alignment up
 * to a few words is tried: that is where the word loops and their tails meet.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define memcpy our_memcpy
#define memmove our_memmove
#define memset our_memset
#define memcmp our_memcmp
#define strlen our_strlen
#define strcmp our_strcmp
#include "../../lib/string.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef strlen
#undef strcmp

#define SPAN 64 /* bytes of each buffer: several words and some margin */
#define LONGEST 35

static void fill(uint8_t *field, unsigned seed)
{
    for (unsigned i = 0; i < SPAN; i++)
        field[i] = (uint8_t)(i * 7 + seed);
}

static int sign(int x)
{
    return (x > 0) - (x < 0);
}

static void test_memcpy_copies_exactly_the_requested_bytes(void **state)
{
    (void)state;
    for (unsigned to = 8; to < 16; to++)
        for (unsigned from = 8; from < 16; from++)
            for (unsigned bytes = 0; bytes <= LONGEST; bytes++) {
                uint8_t source[SPAN], ours[SPAN], expected[SPAN];

                fill(source, 1);
                fill(ours, 100);
                fill(expected, 100);
                for (unsigned i = 0; i < bytes; i++)
                    expected[to + i] = source[from + i];
                assert_ptr_equal(our_memcpy(ours + to, source + from, bytes), ours + to);
                assert_memory_equal(ours, expected, SPAN);
            }
}

static void test_memmove_survives_every_overlap(void **state)
{
    (void)state;
    for (unsigned to = 0; to < SPAN - LONGEST; to++)
        for (unsigned from = 0; from < SPAN - LONGEST; from++)
            for (unsigned bytes = 0; bytes <= LONGEST; bytes++) {
                uint8_t before[SPAN], ours[SPAN], expected[SPAN];

                fill(before, 3);
                fill(ours, 3);
                fill(expected, 3);
                for (unsigned i = 0; i < bytes; i++)
                    expected[to + i] = before[from + i];
                assert_ptr_equal(our_memmove(ours + to, ours + from, bytes), ours + to);
                assert_memory_equal(ours, expected, SPAN);
            }
}

static void test_memset_fills_exactly_the_requested_bytes(void **state)
{
    (void)state;
    for (unsigned to = 8; to < 16; to++)
        for (unsigned bytes = 0; bytes <= LONGEST; bytes++) {
            uint8_t ours[SPAN], expected[SPAN];

            fill(ours, 5);
            fill(expected, 5);
            for (unsigned i = 0; i < bytes; i++)
                expected[to + i] = 0xa5;
            assert_ptr_equal(our_memset(ours + to, 0xa5, bytes), ours + to);
            assert_memory_equal(ours, expected, SPAN);
        }
}

static void test_memset_uses_only_the_low_byte_of_the_value(void **state)
{
    uint8_t ours[20];

    (void)state;
    our_memset(ours, -256 + 0x7b, sizeof(ours));
    for (unsigned i = 0; i < sizeof(ours); i++)
        assert_int_equal(ours[i], 0x7b);
}

/* The bytes after the difference compare the other way: the first difference must decide. */
static void test_memcmp_judges_by_the_first_difference(void **state)
{
    uint8_t a[LONGEST + 8], b[LONGEST + 8];

    (void)state;
    for (unsigned shift = 0; shift < 8; shift++)
        for (unsigned where = 0; where < LONGEST; where++) {
            memset(a, 'x', sizeof(a));
            memset(b, 'x', sizeof(b));
            memset(a + shift + where, 1, LONGEST - where);
            memset(b + where, 2, LONGEST - where);
            a[shift + where] = 0x80;
            b[where] = 0x7f;
            assert_int_equal(our_memcmp(a + shift, b, where), 0);
            assert_int_equal(sign(our_memcmp(a + shift, b, LONGEST)), 1);
            assert_int_equal(sign(our_memcmp(b, a + shift, LONGEST)), -1);
        }
}

/* The buffers end where the heap's red zone begins: AddressSanitizer watches. */
static void test_nothing_outside_the_range_is_touched(void **state)
{
    (void)state;
    for (unsigned bytes = 1; bytes <= LONGEST; bytes++) {
        uint8_t *a = malloc(bytes);
        uint8_t *b = malloc(bytes);

        our_memset(a, 1, bytes);
        our_memcpy(b, a, bytes);
        our_memmove(a, b, bytes);
        assert_int_equal(our_memcmp(a, b, bytes), 0);
        free(a);
        free(b);
    }
}

static void test_strlen_counts_to_the_terminator(void **state)
{
    (void)state;
    assert_int_equal(our_strlen(""), 0);
    assert_int_equal(our_strlen("a"), 1);
    assert_int_equal(our_strlen("nine char"), 9);
    assert_int_equal(our_strlen("\xff\x80\0hidden"), 2);
}

static void test_strcmp_orders_by_unsigned_bytes(void **state)
{
    static const char *const ascending[] = { "", "\x01", "a", "aa", "ab", "b", "\x80", "\xff" };
    const int count = sizeof(ascending) / sizeof(ascending[0]);

    (void)state;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            assert_int_equal(sign(our_strcmp(ascending[i], ascending[j])), sign(i - j));
    assert_int_equal(our_strcmp("same\0a", "same\0b"), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memcpy_copies_exactly_the_requested_bytes),
        cmocka_unit_test(test_memmove_survives_every_overlap),
        cmocka_unit_test(test_memset_fills_exactly_the_requested_bytes),
        cmocka_unit_test(test_memset_uses_only_the_low_byte_of_the_value),
        cmocka_unit_test(test_memcmp_judges_by_the_first_difference),
        cmocka_unit_test(test_nothing_outside_the_range_is_touched),
        cmocka_unit_test(test_strlen_counts_to_the_terminator),
        cmocka_unit_test(test_strcmp_orders_by_unsigned_bytes),
    };

    return cmocka_run_group_tests_name("string", tests, NULL, NULL);
}
