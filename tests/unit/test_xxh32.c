/*
 * test_xxh32.c - the hash is the one that `xxhsum -H32` prints.
 *
 * The expected numbers were computed with xxhsum 0.8.1 from the bytes that
 * pattern() makes.  Lengths 0 to 40 go through every mix of stripes, words
 * and single bytes in the algorithm.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../lib/xxh32.h"

#define LONGEST 100000

static const uint32_t hash_of_length[] = {
    0x02cc5d05, 0x3da24bf2, 0x1bcb6083, 0xcb286aeb, 0x900ed27d, 0x39a4a00d, 0x830a1fcc,
    0xe763022e, 0x1343c5c5, 0x76967cc6, 0x935e4937, 0xd852c27a, 0x9aca6d0b, 0x4810afde,
    0x62bf242f, 0x97b7fd3f, 0x6f6c137f, 0xe32f2591, 0xcc5372d1, 0x3b17dcd8, 0x452ee210,
    0x93255582, 0xf78799bf, 0xbe88f89b, 0x3a45e500, 0x7da7534b, 0xe2dbcd68, 0xc0c0260f,
    0xc7cc9939, 0xe443992e, 0xfe759fc2, 0x6618d09b, 0x85b4a719, 0xc012f6f8, 0xf9ceefaa,
    0x31013e88, 0x90ce4e8e, 0xd8b8ae14, 0xe2a99e4b, 0xc80e4acb, 0x5be1b1a5,
};

#define LENGTHS (sizeof(hash_of_length) / sizeof(hash_of_length[0]))

static void pattern(uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 151 + (i >> 8) * 29 + 77);
}

static void test_known_strings(void **state)
{
    (void)state;
    assert_int_equal(xxh32("", 0), 0x02cc5d05);
    assert_int_equal(xxh32("a", 1), 0x550d7456);
    assert_int_equal(xxh32("abc", 3), 0x32d153ff);
    assert_int_equal(xxh32("Nobody inspects the spammish repetition", 39), 0xe2293b2f);
}

static void test_every_length_up_to_40_agrees_with_xxhsum(void **state)
{
    uint8_t bytes[LENGTHS];

    (void)state;
    pattern(bytes, sizeof(bytes));
    for (size_t length = 0; length < LENGTHS; length++)
        assert_int_equal(xxh32(bytes, length), hash_of_length[length]);
}

static void test_long_data_agrees_with_xxhsum(void **state)
{
    static uint8_t bytes[LONGEST];

    (void)state;
    pattern(bytes, sizeof(bytes));
    assert_int_equal(xxh32(bytes, 255), 0x50bfd78f);
    assert_int_equal(xxh32(bytes, 256), 0x1d3fbfac);
    assert_int_equal(xxh32(bytes, 4096), 0xb17e100b);
    assert_int_equal(xxh32(bytes, LONGEST), 0xc5ba9db7);
}

/* UndefinedBehaviorSanitizer stops at a load that requires alignment. */
static void test_alignment_makes_no_difference(void **state)
{
    uint8_t bytes[LENGTHS + 16];

    (void)state;
    for (size_t shift = 0; shift < 16; shift++) {
        memset(bytes, 0xee, sizeof(bytes));
        pattern(bytes + shift, LENGTHS);
        for (size_t length = 0; length < LENGTHS; length++)
            assert_int_equal(xxh32(bytes + shift, length), hash_of_length[length]);
    }
}

/* The block ends where the heap's red zone begins: AddressSanitizer watches. */
static void test_nothing_after_the_data_is_read(void **state)
{
    (void)state;
    for (size_t length = 1; length < LENGTHS; length++) {
        uint8_t *bytes = malloc(length);

        pattern(bytes, length);
        assert_int_equal(xxh32(bytes, length), hash_of_length[length]);
        free(bytes);
    }
}

/* What the boot relies on: a damaged sector never keeps its hash. */
static void test_one_flipped_bit_changes_the_hash(void **state)
{
    uint8_t bytes[512];

    (void)state;
    pattern(bytes, sizeof(bytes));
    uint32_t intact = xxh32(bytes, sizeof(bytes));

    for (size_t bit = 0; bit < 8 * sizeof(bytes); bit++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_not_equal(xxh32(bytes, sizeof(bytes)), intact);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_strings),
        cmocka_unit_test(test_every_length_up_to_40_agrees_with_xxhsum),
        cmocka_unit_test(test_long_data_agrees_with_xxhsum),
        cmocka_unit_test(test_alignment_makes_no_difference),
        cmocka_unit_test(test_nothing_after_the_data_is_read),
        cmocka_unit_test(test_one_flipped_bit_changes_the_hash),
    };

    return cmocka_run_group_tests_name("xxh32", tests, NULL, NULL);
}
