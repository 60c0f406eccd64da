/*
 * test_image_headers.c - the headers that the host tools make.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "image/headers.h"
#include "lib/xxh32.h"
#include "stage2/header_check.h"

#define STAGE2_ROOM (STAGE2_MAX_SECTORS * SECTOR_SIZE)
#define FIRST_BYTES (STAGE2_FIRST_SECTORS * SECTOR_SIZE)
#define REST_SECTORS (STAGE2_MAX_SECTORS - STAGE2_FIRST_SECTORS)

static const uint8_t payload[1000] = { 0xf4, 1, 2, 3 };

/* As on the disk, and whatever the length. */
static void test_stage2_has_the_checksums_of_its_header(void **state)
{
    static uint8_t disk[STAGE2_MAX_SECTORS * SECTOR_SIZE];
    struct stage2_header header;
    (void)state;

    for (size_t size = sizeof header; size <= FIRST_BYTES + 1100; size++) {
        memset(disk, 0, sizeof disk);
        memset(disk + sizeof header, 0xa7, size - sizeof header);
        assert_int_equal(make_stage2_header(disk, size, &header), 0);
        memcpy(disk, &header, sizeof header);
        assert_int_equal(word_sum(0, disk, FIRST_BYTES), 0);
        assert_int_equal(rest_sum(0, disk + FIRST_BYTES,
                                  header.sectors * SECTOR_SIZE - FIRST_BYTES), header.rest_sum);
        assert_true(header.sectors >= STAGE2_MIN_SECTORS);
        assert_true(header.sectors * SECTOR_SIZE >= size);
        assert_true(header.sectors == STAGE2_MIN_SECTORS ||
                    (header.sectors - 1) * SECTOR_SIZE < size);
    }
}

/* A plain sum does not: the bit is set in as many sectors as it is clear. */
static void test_rest_sum_shows_the_same_bit_flipped_in_every_sector(void **state)
{
    static uint32_t disk[REST_SECTORS][SECTOR_SIZE / 4];
    (void)state;

    for (unsigned bit = 0; bit < 32; bit++)
        for (size_t bytes = 2 * SECTOR_SIZE; bytes <= sizeof disk; bytes += 2 * SECTOR_SIZE) {
            uint32_t plain, sum;

            for (unsigned i = 0; i < REST_SECTORS; i++)
                disk[i][bit] = (i % 2) << bit;
            plain = word_sum(0, disk, bytes);
            sum = rest_sum(0, disk, bytes);
            for (unsigned i = 0; i < bytes / SECTOR_SIZE; i++)
                disk[i][bit] ^= 1u << bit;
            assert_int_equal(word_sum(0, disk, bytes), plain);
            assert_int_not_equal(rest_sum(0, disk, bytes), sum);
        }
}

static void test_stage2_may_fill_its_room_and_no_more(void **state)
{
    static uint8_t code[STAGE2_ROOM + 9];
    struct stage2_header header;
    (void)state;

    assert_int_equal(make_stage2_header(code, STAGE2_ROOM, &header), 0);
    assert_int_equal(header.sectors, STAGE2_MAX_SECTORS);
    assert_int_equal(make_stage2_header(code, sizeof code, &header), 9);
}

static const char *made(uint64_t size, uint64_t load, uint64_t entry, uint64_t memory,
                        struct kernel_header *header)
{
    struct kernel_wishes wishes = { .load = load, .entry = entry, .memory_bytes = memory };

    return make_kernel_header(payload, size, &wishes, header);
}

static void test_kernel_header_is_what_the_loader_takes(void **state)
{
    struct kernel_header h;
    (void)state;

    assert_null(made(sizeof payload, 0x200000, 0x200010, 5000, &h));
    assert_int_equal(header_check(&h, 3), ERROR_NONE);
    assert_int_equal(header_check(&h, 2), ERROR_PARTITION_SIZE);
    assert_int_equal(h.payload_hash, xxh32(payload, sizeof payload));
    assert_int_equal(h.load_address, 0x200000);
    assert_int_equal(h.entry, 0x200010);
    assert_int_equal(h.file_bytes, sizeof payload);
    assert_int_equal(h.memory_bytes, 5000);
}

static void refused(const char *reason, uint64_t size, uint64_t load, uint64_t entry,
                    uint64_t memory)
{
    struct kernel_header h;
    const char *why = made(size, load, entry, memory, &h);

    assert_non_null(why);
    if (strstr(why, reason) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", why, reason);
}

static void test_every_refusal_says_its_own_reason(void **state)
{
    const uint64_t low = KERNEL_LOAD_ADDRESS, size = sizeof payload;
    (void)state;

    refused("empty", 0, low, low, size);
    refused("smaller than its file", size, low, low, size - 1);
    refused("below 0x100000", size, low - 4096, low, size);
    refused("below 0x100000", size, 0, 0, size);
    refused("multiple of 4096", size, low + 1, low + 1, size);
    refused("beyond 2 GiB", size, KERNEL_BASE_SIZE, KERNEL_BASE_SIZE, size);
    refused("beyond 2 GiB", size, UINT64_MAX - 4095, low, size);
    refused("beyond 2 GiB", size, low, low, KERNEL_BASE_SIZE - low + 1);
    refused("2 GiB", size, low, low, UINT64_MAX);
    refused("2 GiB", size, low, low, (1ull << 32) + size); /* the header's field has 32 bits */
    refused("not inside", size, low, low - 1, size);
    refused("not inside", size, low, low + size, 2 * size); /* the entry cannot be in .bss */
    refused("not inside", size, low, KERNEL_BASE + low + size, size);
}

static void test_the_edges_are_taken(void **state)
{
    const uint64_t low = KERNEL_LOAD_ADDRESS, size = sizeof payload;
    struct kernel_header h;
    (void)state;

    assert_null(made(1, low, low, 1, &h));
    assert_null(made(size, low, low + size - 1, size, &h));
    assert_null(made(size, low, KERNEL_BASE + low + size - 1, size, &h));
    assert_null(made(size, low, low, KERNEL_BASE_SIZE - low, &h));
    assert_null(made(size, KERNEL_BASE_SIZE - 4096, KERNEL_BASE_SIZE - 4096, 4096, &h));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stage2_has_the_checksums_of_its_header),
        cmocka_unit_test(test_rest_sum_shows_the_same_bit_flipped_in_every_sector),
        cmocka_unit_test(test_stage2_may_fill_its_room_and_no_more),
        cmocka_unit_test(test_kernel_header_is_what_the_loader_takes),
        cmocka_unit_test(test_every_refusal_says_its_own_reason),
        cmocka_unit_test(test_the_edges_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
