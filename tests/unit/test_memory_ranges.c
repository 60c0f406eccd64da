/*
 * test_memory_ranges.c - stage2/memory_ranges.c, with real maps and random ones.
 *
 * The property test compares every result with the simplest possible
 * model: an array with one type for each small block of memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "stage2/memory_ranges.h"

#define ROOM 512

static struct memory_range map[ROOM];
static struct memory_edge edges[2 * ROOM];

static int sanitise(const struct memory_range *raw, unsigned n)
{
    memset(map, 0xa5, sizeof map);
    return memory_ranges_sanitise(raw, n, map, ROOM, edges);
}

static void expect(int i, uint64_t base, uint64_t length, uint32_t type)
{
    assert_int_equal(map[i].base, base);
    assert_int_equal(map[i].length, length);
    assert_int_equal(map[i].type, type);
}

/* Recorded from real firmware; clean ones, so they must stay unchanged. */
static const struct memory_range qemu_pc_128m[] = {
    { 0x0, 0x9fc00, 1, 1 },       { 0x9fc00, 0x400, 2, 1 },      { 0xf0000, 0x10000, 2, 1 },
    { 0x100000, 0x7ee0000, 1, 1 }, { 0x7fe0000, 0x20000, 2, 1 },  { 0xfffc0000, 0x40000, 2, 1 },
    { 0xfd00000000, 0x300000000, 2, 1 },
};
static const struct memory_range qemu_q35_8g[] = {
    { 0x0, 0x9fc00, 1, 1 },          { 0x9fc00, 0x400, 2, 1 },
    { 0xf0000, 0x10000, 2, 1 },      { 0x100000, 0x7fedf000, 1, 1 },
    { 0x7ffdf000, 0x21000, 2, 1 },   { 0xb0000000, 0x10000000, 2, 1 },
    { 0xfed1c000, 0x4000, 2, 1 },    { 0xfffc0000, 0x40000, 2, 1 },
    { 0x100000000, 0x180000000, 1, 1 }, { 0xfd00000000, 0x300000000, 2, 1 },
};
static const struct memory_range bochs_32m[] = {
    { 0x0, 0x9f000, 1, 1 },        { 0x9f000, 0x1000, 2, 1 },   { 0xe8000, 0x18000, 2, 1 },
    { 0x100000, 0x1ef0000, 1, 1 }, { 0x1ff0000, 0x10000, 3, 1 }, { 0xfffc0000, 0x40000, 2, 1 },
};

static void expect_unchanged(const struct memory_range *raw, unsigned n)
{
    assert_int_equal(sanitise(raw, n), n);
    for (unsigned i = 0; i < n; i++)
        expect((int)i, raw[i].base, raw[i].length, raw[i].type);
}

static void test_recorded_maps_come_out_whole(void **state)
{
    (void)state;
    expect_unchanged(qemu_pc_128m, 7);
    assert_int_equal(memory_ranges_sum(map, 7, MEMORY_USABLE), 0x9fc00 + 0x7ee0000);
    expect_unchanged(qemu_q35_8g, 10);
    expect_unchanged(bochs_32m, 6);
}

static void test_recorded_map_backwards_and_twice_is_the_same(void **state)
{
    struct memory_range raw[20];
    (void)state;
    for (unsigned i = 0; i < 20; i++)
        raw[i] = qemu_q35_8g[9 - i % 10];
    assert_int_equal(sanitise(raw, 20), 10);
    for (int i = 0; i < 10; i++)
        expect(i, qemu_q35_8g[i].base, qemu_q35_8g[i].length, qemu_q35_8g[i].type);
}

static void test_reserved_inside_usable_cuts_it_in_two(void **state)
{
    const struct memory_range raw[] = { { 0, 0x10000, 1, 1 }, { 0x4000, 0x1000, 2, 1 } };
    (void)state;
    assert_int_equal(sanitise(raw, 2), 3);
    expect(0, 0, 0x4000, 1);
    expect(1, 0x4000, 0x1000, 2);
    expect(2, 0x5000, 0xb000, 1);
}

static void test_stricter_type_wins_in_either_order(void **state)
{
    const uint32_t order[] = { MEMORY_USABLE, MEMORY_LOADER, MEMORY_KERNEL,
                               MEMORY_ACPI_RECLAIMABLE, MEMORY_ACPI_NVS, MEMORY_RESERVED,
                               MEMORY_BAD };
    (void)state;
    for (unsigned weak = 0; weak < 7; weak++) {
        for (unsigned strict = weak + 1; strict < 7; strict++) {
            struct memory_range raw[] = { { 0, 0x1000, order[weak], 1 },
                                          { 0, 0x1000, order[strict], 1 } };
            assert_int_equal(sanitise(raw, 2), 1);
            expect(0, 0, 0x1000, order[strict]);
            raw[0].type = order[strict];
            raw[1].type = order[weak];
            assert_int_equal(sanitise(raw, 2), 1);
            expect(0, 0, 0x1000, order[strict]);
        }
    }
}

static void test_unknown_type_counts_as_reserved(void **state)
{
    /* seen on an ASUS board: type 2954887168 */
    const struct memory_range raw[] = { { 0, 0x2000, 1, 1 },
                                        { 0x1000, 0x1000, 2954887168u, 1 },
                                        { 0x2000, 0x1000, 0, 1 } };
    (void)state;
    assert_int_equal(sanitise(raw, 3), 2);
    expect(0, 0, 0x1000, 1);
    expect(1, 0x1000, 0x2000, 2);
}

static void test_empty_and_wrapping_ranges_are_dropped(void **state)
{
    const struct memory_range raw[] = { { 0x1000, 0, 2, 1 },
                                        { UINT64_MAX - 0xfff, 0x2000, 1, 1 },
                                        { 0x5000, UINT64_MAX, 2, 1 },
                                        { 0, 0x1000, 1, 1 } };
    (void)state;
    assert_int_equal(sanitise(raw, 4), 1);
    expect(0, 0, 0x1000, 1);
}

static void test_neighbours_of_one_type_merge(void **state)
{
    const struct memory_range raw[] = { { 0x2000, 0x1000, 1, 1 }, { 0, 0x1000, 1, 1 },
                                        { 0x1000, 0x1000, 1, 1 }, { 0x4000, 0x1000, 1, 1 } };
    (void)state;
    assert_int_equal(sanitise(raw, 4), 2);
    expect(0, 0, 0x3000, 1);
    expect(1, 0x4000, 0x1000, 1);
}

static void test_too_many_ranges_are_refused_not_cut_off(void **state)
{
    static struct memory_range raw[ROOM];
    (void)state;
    for (unsigned i = 0; i < ROOM; i++)
        raw[i] = (struct memory_range){ i * 0x2000, 0x1000, 1, 1 };
    assert_int_equal(memory_ranges_sanitise(raw, ROOM, map, ROOM, edges), ROOM);
    assert_int_equal(memory_ranges_sanitise(raw, ROOM, map, ROOM - 1, edges), -1);
}

static void test_hundreds_of_ranges_in_any_order_give_the_same_map(void **state)
{
    static struct memory_range raw[ROOM];
    (void)state;
    srand(1);
    for (unsigned i = 0; i < ROOM; i++)
        raw[i] = (struct memory_range){ i * 0x1000, 0x1000, i % 2 + 1, 1 };
    for (unsigned round = 0; round < 100; round++) {
        for (unsigned i = ROOM - 1; i > 0; i--) { /* shuffle */
            unsigned other = (unsigned)rand() % (i + 1);
            struct memory_range r = raw[i];

            raw[i] = raw[other];
            raw[other] = r;
        }
        assert_int_equal(sanitise(raw, ROOM), ROOM);
        for (unsigned i = 0; i < ROOM; i++)
            expect((int)i, i * 0x1000, 0x1000, i % 2 + 1);
    }
}

static unsigned rank(uint32_t type)
{
    static const uint32_t order[] = { 0, MEMORY_USABLE, MEMORY_LOADER, MEMORY_KERNEL,
                                      MEMORY_ACPI_RECLAIMABLE, MEMORY_ACPI_NVS, MEMORY_RESERVED,
                                      MEMORY_BAD };
    for (unsigned i = 1; i < 8; i++)
        if (order[i] == type)
            return i;
    return 6;
}

static void test_random_maps_agree_with_a_model(void **state)
{
    enum { BLOCKS = 64, RANGES = 12 };
    const uint64_t block = 0x3000;
    (void)state;
    srand(1);
    for (unsigned round = 0; round < 20000; round++) {
        struct memory_range raw[RANGES];
        unsigned model[BLOCKS] = { 0 };
        unsigned n = (unsigned)rand() % (RANGES + 1);
        int count;

        for (unsigned i = 0; i < n; i++) {
            unsigned from = (unsigned)rand() % BLOCKS;
            unsigned blocks = (unsigned)rand() % (BLOCKS - from + 1);
            raw[i] = (struct memory_range){ from * block, blocks * block,
                                            rand() % 4 ? (unsigned)rand() % 7 : MEMORY_LOADER, 1 };
            for (unsigned b = from; b < from + blocks; b++)
                if (rank(raw[i].type) > model[b])
                    model[b] = rank(raw[i].type);
        }
        count = sanitise(raw, n);
        assert_true(count >= 0);
        for (int i = 0; i < count; i++) {
            assert_true(map[i].length > 0);
            if (i > 0) { /* sorted, disjoint, merged */
                assert_true(map[i - 1].base + map[i - 1].length <= map[i].base);
                assert_false(map[i - 1].base + map[i - 1].length == map[i].base &&
                             map[i - 1].type == map[i].type);
            }
            for (uint64_t b = map[i].base / block; b < (map[i].base + map[i].length) / block; b++) {
                assert_int_equal(model[b], rank(map[i].type));
                model[b] = 0;
            }
        }
        for (unsigned b = 0; b < BLOCKS; b++)
            assert_int_equal(model[b], 0); /* nothing was lost */
    }
}

static void test_usable_means_all_of_the_range(void **state)
{
    const struct memory_range raw[] = { { 0x100000, 0x100000, 1, 1 }, { 0x200000, 0x1000, 2, 1 } };
    (void)state;
    int n = sanitise(raw, 2);
    assert_true(memory_ranges_are_usable(map, (unsigned)n, 0x100000, 0x100000));
    assert_false(memory_ranges_are_usable(map, (unsigned)n, 0x100000, 0x100001));
    assert_false(memory_ranges_are_usable(map, (unsigned)n, 0xfffff, 2));
    assert_false(memory_ranges_are_usable(map, (unsigned)n, 0x200000, 1));
    assert_false(memory_ranges_are_usable(map, (unsigned)n, 0x100000, UINT64_MAX));
}

static void test_low_limit_is_the_lowest_sane_candidate(void **state)
{
    const struct memory_range low[] = { { 0, 0x9f000, 1, 1 } }; /* Bochs: below INT 12h's 639 KiB */
    (void)state;
    assert_int_equal(memory_ranges_low_limit(low, 1, 639, 0x9fc0), 0x9f000);
    assert_int_equal(memory_ranges_low_limit(low, 1, 600, 0x9fc0), 600 * 1024);
    assert_int_equal(memory_ranges_low_limit(low, 1, 639, 0x8000), 0x80000);
    assert_int_equal(memory_ranges_low_limit(low, 1, 0, 0), 0x9f000);
    assert_int_equal(memory_ranges_low_limit(low, 1, 0xffff, 0xffff), 0x9f000);
    assert_int_equal(memory_ranges_low_limit(low, 0, 0, 0x1234), 640 * 1024);
    assert_int_equal(memory_ranges_low_limit(low, 1, 200, 0), 200 * 1024); /* small but correct */
}

static void test_low_limit_is_the_end_of_the_range_we_run_in(void **state)
{
    const struct memory_range page_0_reserved[] = { { 0, 0x1000, 2, 1 }, { 0x1000, 0x7f000, 1, 1 },
                                                    { 0x80000, 0x10000, 2, 1 },
                                                    { 0x90000, 0xf000, 1, 1 } };
    const struct memory_range past_640k[] = { { 0, 0x1000000, 1, 1 } };
    (void)state;
    assert_int_equal(memory_ranges_low_limit(page_0_reserved, 4, 639, 0), 0x80000);
    assert_int_equal(memory_ranges_low_limit(past_640k, 1, 639, 0), 639 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recorded_maps_come_out_whole),
        cmocka_unit_test(test_recorded_map_backwards_and_twice_is_the_same),
        cmocka_unit_test(test_reserved_inside_usable_cuts_it_in_two),
        cmocka_unit_test(test_stricter_type_wins_in_either_order),
        cmocka_unit_test(test_unknown_type_counts_as_reserved),
        cmocka_unit_test(test_empty_and_wrapping_ranges_are_dropped),
        cmocka_unit_test(test_neighbours_of_one_type_merge),
        cmocka_unit_test(test_too_many_ranges_are_refused_not_cut_off),
        cmocka_unit_test(test_hundreds_of_ranges_in_any_order_give_the_same_map),
        cmocka_unit_test(test_random_maps_agree_with_a_model),
        cmocka_unit_test(test_usable_means_all_of_the_range),
        cmocka_unit_test(test_low_limit_is_the_lowest_sane_candidate),
        cmocka_unit_test(test_low_limit_is_the_end_of_the_range_we_run_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
