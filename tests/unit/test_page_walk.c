/* Page walks through small tables: every level that can end one, and every page size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/debug/canonical.h"
#include "kernel/debug/page_walk.h"

#define TABLE(n) (0x1000ull * (n))
#define PRESENT 1ull
#define LARGE (1ull << 7)
#define NX (1ull << 63)

/* PML4[1] PDPT[2] PD[3] PT[4], offset 123h */
#define ADDRESS (1ull << 39 | 2ull << 30 | 3ull << 21 | 4ull << 12 | 0x123)

static uint64_t memory[5][512]; /* physical 0 to 4FFFh; the PML4 is at 1000h */

static bool read_physical(uint64_t physical, uint64_t *value)
{
    if (physical >= sizeof memory || physical % 8 != 0)
        return false;
    *value = memory[physical / 4096][physical % 4096 / 8];
    return true;
}

static int build(void **state)
{
    (void)state;
    memset(memory, 0, sizeof memory);
    memory[1][1] = TABLE(2) | PRESENT;
    memory[2][2] = TABLE(3) | PRESENT;
    memory[3][3] = TABLE(4) | PRESENT;
    memory[4][4] = 0x123456000 | PRESENT | NX;
    return 0;
}

static void test_small_page(void **state)
{
    struct page_walk walk = page_walk(TABLE(1) | 0x18, ADDRESS, read_physical); /* CR3: PWT, PCD */

    (void)state;
    assert_true(walk.mapped);
    assert_int_equal(walk.count, 4);
    assert_int_equal(walk.physical, 0x123456123);
    assert_int_equal(walk.page_bytes, 4096);
    assert_string_equal(walk.steps[0].table, "PML4");
    assert_int_equal(walk.steps[0].index, 1);
    assert_int_equal(walk.steps[1].index, 2);
    assert_int_equal(walk.steps[2].index, 3);
    assert_string_equal(walk.steps[3].table, "PT");
    assert_int_equal(walk.steps[3].index, 4);
    assert_int_equal(walk.steps[3].entry, 0x123456000 | PRESENT | NX);
}

static void test_large_pages(void **state)
{
    struct page_walk walk;

    (void)state;
    memory[3][3] = 0x40000000 | LARGE | PRESENT | 1 << 12; /* bit 12 is PAT here, not address */
    walk = page_walk(TABLE(1), ADDRESS, read_physical);
    assert_int_equal(walk.count, 3);
    assert_int_equal(walk.page_bytes, 2 << 20);
    assert_int_equal(walk.physical, 0x40000000 | 4 << 12 | 0x123);
    memory[2][2] = 0x80000000 | LARGE | PRESENT;
    walk = page_walk(TABLE(1), ADDRESS, read_physical);
    assert_int_equal(walk.count, 2);
    assert_int_equal(walk.page_bytes, 1 << 30);
    assert_int_equal(walk.physical, 0x80000000 | 3 << 21 | 4 << 12 | 0x123);
}

static void test_walk_ends_where_nothing_is_present(void **state)
{
    static uint64_t *const entries[] = {&memory[1][1], &memory[2][2], &memory[3][3], &memory[4][4]};

    (void)state;
    for (unsigned level = 0; level < 4; level++) {
        build(NULL);
        *entries[level] &= ~PRESENT;
        struct page_walk walk = page_walk(TABLE(1), ADDRESS, read_physical);

        assert_false(walk.mapped);
        assert_int_equal(walk.count, level + 1);
        assert_true(walk.steps[level].readable);
        assert_int_equal(walk.steps[level].entry, *entries[level]);
    }
}

static void test_table_out_of_reach_is_reported(void **state)
{
    struct page_walk walk;

    (void)state;
    memory[2][2] = 0x77777000 | PRESENT;
    walk = page_walk(TABLE(1), ADDRESS, read_physical);
    assert_false(walk.mapped);
    assert_int_equal(walk.count, 3);
    assert_false(walk.steps[2].readable);
}

static void test_canonical_addresses(void **state)
{
    (void)state;
    assert_true(is_canonical(0));
    assert_true(is_canonical(0x00007fffffffffff));
    assert_false(is_canonical(0x0000800000000000));
    assert_false(is_canonical(0xffff7fffffffffff));
    assert_true(is_canonical(0xffff800000000000));
    assert_true(is_canonical(UINT64_MAX));
    assert_false(is_canonical(0x8000000000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_small_page, build),
        cmocka_unit_test_setup(test_large_pages, build),
        cmocka_unit_test_setup(test_walk_ends_where_nothing_is_present, build),
        cmocka_unit_test_setup(test_table_out_of_reach_is_reported, build),
        cmocka_unit_test(test_canonical_addresses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
