/*
 * test_header_check.c - which kernel headers the loader accepts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "lib/xxh32.h"
#include "stage2/header_check.h"

static struct kernel_header good(void)
{
    struct kernel_header h = {
        .version = KERNEL_HEADER_VERSION,
        .file_bytes = 0x5000,
        .memory_bytes = 0x8000,
        .load_address = KERNEL_LOAD_ADDRESS,
        .entry = KERNEL_BASE + KERNEL_LOAD_ADDRESS,
    };
    memcpy(h.magic, KERNEL_MAGIC, 8);
    return h;
}

/* The verdict on a header with a correct hash of its own, in a partition of this many sectors. */
static enum error check_in(struct kernel_header h, uint32_t sectors)
{
    h.header_hash = xxh32(&h, offsetof(struct kernel_header, header_hash));
    return header_check(&h, sectors);
}

static enum error check(struct kernel_header h)
{
    return check_in(h, UINT32_MAX);
}

static void test_good_header_passes(void **state)
{
    (void)state;
    assert_int_equal(check(good()), ERROR_NONE);
}

static void test_every_flipped_bit_is_noticed(void **state)
{
    struct kernel_header h = good();
    uint8_t *bytes = (uint8_t *)&h;
    (void)state;
    h.header_hash = xxh32(&h, offsetof(struct kernel_header, header_hash));
    for (unsigned bit = 0; bit < 8 * sizeof h; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(header_check(&h, UINT32_MAX),
                         bit < 64 ? ERROR_HEADER_MAGIC : ERROR_HEADER_HASH);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void test_other_version_is_named_as_such(void **state)
{
    struct kernel_header h = good();
    (void)state;
    h.version++;
    assert_int_equal(check(h), ERROR_HEADER_VERSION);
}

#define REFUSED(field, value)                              \
    do {                                                   \
        struct kernel_header h_ = good();                  \
        h_.field = (value);                                \
        assert_int_equal(check(h_), ERROR_HEADER_FIELDS);  \
    } while (0)
#define ACCEPTED(field, value)                             \
    do {                                                   \
        struct kernel_header h_ = good();                  \
        h_.field = (value);                                \
        assert_int_equal(check(h_), ERROR_NONE);           \
    } while (0)

static void test_impossible_sizes_are_refused(void **state)
{
    (void)state;
    REFUSED(flags, 1);
    REFUSED(file_bytes, 0);
    REFUSED(file_bytes, 0x8001); /* more than in memory */
    ACCEPTED(file_bytes, 0x8000);
    REFUSED(memory_bytes, 0x4fff);
    REFUSED(memory_bytes, 0xffffffff);
    ACCEPTED(memory_bytes, KERNEL_BASE_SIZE - KERNEL_LOAD_ADDRESS);
    REFUSED(memory_bytes, KERNEL_BASE_SIZE - KERNEL_LOAD_ADDRESS + 1);
}

static void test_impossible_addresses_are_refused(void **state)
{
    (void)state;
    REFUSED(load_address, 0);
    REFUSED(load_address, 0xff000);   /* below 1 MiB */
    REFUSED(load_address, 0x100800);  /* not page-aligned */
    REFUSED(load_address, KERNEL_BASE_SIZE);
    REFUSED(load_address, UINT64_MAX - 0xfff);
    REFUSED(entry, 0);
    REFUSED(entry, KERNEL_LOAD_ADDRESS - 1);
    REFUSED(entry, KERNEL_LOAD_ADDRESS + 0x5000); /* in .bss */
    REFUSED(entry, UINT64_MAX);
    ACCEPTED(entry, KERNEL_LOAD_ADDRESS + 0x4fff);
    ACCEPTED(entry, KERNEL_BASE + KERNEL_LOAD_ADDRESS + 0x4fff);
}

static void test_file_must_end_with_its_partition(void **state)
{
    struct kernel_header h = good();
    (void)state;
    h.file_bytes = 2 * SECTOR_SIZE;
    assert_int_equal(check_in(h, 3), ERROR_NONE);
    assert_int_equal(check_in(h, 2), ERROR_PARTITION_SIZE);
    assert_int_equal(check_in(h, 1), ERROR_PARTITION_SIZE);
    assert_int_equal(check_in(h, 0), ERROR_PARTITION_SIZE);
    h.file_bytes++;
    assert_int_equal(check_in(h, 3), ERROR_PARTITION_SIZE);
    assert_int_equal(check_in(h, 4), ERROR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_header_passes),
        cmocka_unit_test(test_every_flipped_bit_is_noticed),
        cmocka_unit_test(test_other_version_is_named_as_such),
        cmocka_unit_test(test_impossible_sizes_are_refused),
        cmocka_unit_test(test_impossible_addresses_are_refused),
        cmocka_unit_test(test_file_must_end_with_its_partition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
