/*
 * test_image_plan.c - where the partitions of an image lie, for kernels of every size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "image/plan.h"

#define MIB (1ull << 20)

static const uint64_t sizes[] = {
    1, 511, 512, 513, 94320, 200000, 400000, 800000, MIB, 10 * MIB, 64 * MIB, 65 * MIB + 7,
    250 * MIB, 251 * MIB, 252 * MIB, 253 * MIB, 504 * MIB, 1000 * MIB, KERNEL_BASE_SIZE,
};

static struct plan planned(uint64_t bytes, uint32_t copies)
{
    struct plan plan;

    assert_true(plan_image(bytes, copies, &plan));
    return plan;
}

/* Calls `check` for every size, with one copy and with two. */
static void for_each_plan(void (*check)(const struct plan *plan, uint64_t bytes))
{
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (uint32_t copies = 1; copies <= COPIES_MAX; copies++) {
            struct plan plan = planned(sizes[i], copies);

            check(&plan, sizes[i]);
        }
}

static void check_room(const struct plan *plan, uint64_t bytes)
{
    uint64_t end = KERNEL_LBA;

    for (uint32_t i = 0; i < plan->copies; i++) {
        assert_int_equal(plan->partitions[i].first, end); /* one after the other */
        assert_true(((uint64_t)plan->partitions[i].sectors - 1) * SECTOR_SIZE >= bytes);
        end += plan->partitions[i].sectors;
    }
    assert_int_equal(plan->sectors, end); /* and the image ends with the last one */
    assert_true(end >= FLOPPY_SECTORS);
}

static void test_every_copy_has_its_room(void **state)
{
    (void)state;
    for_each_plan(check_room);
}

static void check_cylinders(const struct plan *plan, uint64_t bytes)
{
    uint32_t cylinder = plan->geometry.heads * plan->geometry.sectors;

    (void)bytes;
    for (uint32_t i = 0; i < plan->copies; i++) {
        uint32_t end = plan->partitions[i].first + plan->partitions[i].sectors;

        assert_int_equal(end % cylinder, 0);
    }
}

static void test_every_partition_ends_with_a_cylinder(void **state)
{
    (void)state;
    for_each_plan(check_cylinders);
}

/* The geometry that a BIOS guesses: last head and last sector of the first partition. */
static void check_guess(const struct plan *plan, uint64_t bytes)
{
    struct mbr_table table = plan_table(plan, 0);

    (void)bytes;
    for (uint32_t i = 0; i < plan->copies; i++) {
        struct partition p = table.partitions[i];

        assert_int_equal(p.last_chs[0] + 1u, plan->geometry.heads);
        assert_int_equal(p.last_chs[1] & 63u, plan->geometry.sectors);
    }
}

static void test_the_table_implies_the_geometry(void **state)
{
    (void)state;
    for_each_plan(check_guess);
}

static void test_small_kernels_fit_a_floppy_twice(void **state)
{
    struct plan plan = planned(94320, 2);
    (void)state;

    assert_int_equal(plan.sectors, FLOPPY_SECTORS);
    assert_int_equal(plan.geometry.heads, 2);
    assert_int_equal(plan.geometry.sectors, 18);
}

/* (2880 - 2048 - 1) sectors of payload are the most for one copy on a floppy. */
static void test_floppy_is_left_only_when_it_is_full(void **state)
{
    uint64_t most = (FLOPPY_SECTORS - KERNEL_LBA - 1) * SECTOR_SIZE;
    (void)state;

    assert_int_equal(planned(most, 1).sectors, FLOPPY_SECTORS);
    assert_true(planned(most + 1, 1).sectors > FLOPPY_SECTORS);
}

static void test_large_images_take_the_next_geometry(void **state)
{
    (void)state;
    assert_int_equal(planned(10 * MIB, 2).geometry.heads, 16);
    assert_int_equal(planned(500 * MIB, 1).geometry.heads, 16);
    assert_int_equal(planned(500 * MIB, 2).geometry.heads, 255);
}

static void test_more_than_2_gib_has_no_plan(void **state)
{
    struct plan plan;
    (void)state;

    assert_false(plan_image(KERNEL_BASE_SIZE + 1ull, 1, &plan));
    assert_false(plan_image(UINT64_MAX, 2, &plan));
}

static void test_table_has_one_active_entry_and_one_copy(void **state)
{
    struct plan plan = planned(94320, 2);
    struct mbr_table table = plan_table(&plan, 0x12345678);
    static const struct partition none;
    (void)state;

    assert_int_equal(table.signature, 0x12345678);
    assert_int_equal(table.partitions[0].status, PARTITION_ACTIVE);
    assert_int_equal(table.partitions[1].status, 0);
    assert_int_equal(table.partitions[0].type, KERNEL_PARTITION_TYPE);
    assert_int_equal(table.partitions[1].type, KERNEL_PARTITION_TYPE);
    assert_memory_equal(&table.partitions[2], &none, sizeof none);
    assert_memory_equal(&table.partitions[3], &none, sizeof none);
}

static void expect_chs(struct plan_geometry g, uint32_t lba, unsigned c, unsigned h, unsigned s)
{
    uint8_t chs[3];

    plan_chs(chs, g, lba);
    assert_int_equal(chs[0], h);
    assert_int_equal(chs[1] & 63u, s);
    assert_int_equal(chs[2] | (chs[1] & 0xc0u) << 2, c);
}

static void test_chs_of_first_last_and_unreachable_sectors(void **state)
{
    struct plan_geometry floppy = { 2, 18 }, large = { 255, 63 };
    (void)state;

    expect_chs(floppy, 0, 0, 0, 1);
    expect_chs(floppy, KERNEL_LBA, 56, 1, 15);
    expect_chs(floppy, FLOPPY_SECTORS - 1, 79, 1, 18);
    expect_chs(large, 1024 * 255 * 63 - 1, 1023, 254, 63);
    expect_chs(large, 1024 * 255 * 63, 1023, 254, 63);
    expect_chs(large, UINT32_MAX, 1023, 254, 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_copy_has_its_room),
        cmocka_unit_test(test_every_partition_ends_with_a_cylinder),
        cmocka_unit_test(test_the_table_implies_the_geometry),
        cmocka_unit_test(test_small_kernels_fit_a_floppy_twice),
        cmocka_unit_test(test_floppy_is_left_only_when_it_is_full),
        cmocka_unit_test(test_large_images_take_the_next_geometry),
        cmocka_unit_test(test_more_than_2_gib_has_no_plan),
        cmocka_unit_test(test_table_has_one_active_entry_and_one_copy),
        cmocka_unit_test(test_chs_of_first_last_and_unreachable_sectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
