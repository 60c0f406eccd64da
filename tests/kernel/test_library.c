/*
 * test_library.c - lib/ as it is compiled for the kernel: other flags and
 * another word size than in the host's unit tests.
 */
#include "kernel/test/test.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/xxh32.h"

static char text[128];

KERNEL_TEST(format_prints_64_bit_values)
{
    format_string(text, sizeof text, "%lx %lX", 0xffffffff80100000, 0x0123456789abcdef);
    EXPECT_STRING(text, "ffffffff80100000 123456789ABCDEF");
    format_string(text, sizeof text, "%lu %llu", UINT64_MAX, (unsigned long long)UINT64_MAX);
    EXPECT_STRING(text, "18446744073709551615 18446744073709551615");
    format_string(text, sizeof text, "%ld %zd %jd", INT64_MIN, (int64_t)-1, INT64_MAX);
    EXPECT_STRING(text, "-9223372036854775808 -1 9223372036854775807");
    format_string(text, sizeof text, "%p %016lx", (void *)0xffffffff80100000, 0xdeadul);
    EXPECT_STRING(text, "0xffffffff80100000 000000000000dead");
}

KERNEL_TEST(format_keeps_to_the_buffer)
{
    text[4] = '!';
    EXPECT_EQ(format_string(text, 4, "%lu", 1234567890123456789), 19);
    EXPECT_STRING(text, "123");
    EXPECT_EQ(text[4], '!');
}

/* A byte at a time, so that the compiler cannot turn it into a memcpy. */
static void fill(volatile uint8_t *bytes, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        bytes[i] = (uint8_t)(i * 7 + 1);
}

KERNEL_TEST(memmove_copies_either_way)
{
    static uint8_t bytes[64];

    for (unsigned to = 0; to < 16; to++) {
        fill(bytes, sizeof bytes);
        memmove(bytes + to, bytes + 8, 40);
        for (unsigned i = 0; i < 40; i++)
            EXPECT_EQ(bytes[to + i], (uint8_t)((i + 8) * 7 + 1));
    }
}

KERNEL_TEST(memset_and_memcpy_touch_what_they_should)
{
    static uint8_t bytes[64], copy[64];

    for (size_t length = 0; length < 40; length++) {
        fill(bytes, sizeof bytes);
        fill(copy, sizeof copy);
        memset(bytes + 3, 0xee, length);
        memcpy(copy + 3, bytes + 3, length);
        for (size_t i = 0; i < 64; i++) {
            uint8_t expected = i >= 3 && i < 3 + length ? 0xee : (uint8_t)(i * 7 + 1);

            EXPECT_EQ(bytes[i], expected);
            EXPECT_EQ(copy[i], expected);
        }
        EXPECT_EQ(memcmp(bytes, copy, sizeof bytes), 0);
    }
}

KERNEL_TEST(xxh32_gives_the_published_values)
{
    EXPECT_EQ(xxh32("", 0), 0x02cc5d05);
    EXPECT_EQ(xxh32("abc", 3), 0x32d153ff);
    EXPECT_EQ(xxh32("Nobody inspects the spammish repetition", 39), 0xe2293b2f);
}
