/*
 * test_paging.c - walks the loader's page tables as the CPU would.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "stage2/paging.h"
#include "tests/unit/in_range.h"

static uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES];
#define UNMAPPED UINT64_MAX

static int build(void **state)
{
    (void)state;
    memset(tables, 0xa5, sizeof tables); /* real memory is not zero */
    paging_build(tables, PAGE_TABLES_ADDRESS);
    return 0;
}

static const uint64_t *table_at(uint64_t entry)
{
    uint64_t address = entry & 0xffffffffff000;

    assert_int_in_range(address, PAGE_TABLES_ADDRESS, PAGE_TABLES_ADDRESS + sizeof tables - 1);
    return tables[(address - PAGE_TABLES_ADDRESS) / 4096];
}

/* Intel SDM 3A 4.5: bits 47-39, 38-30, 29-21 choose the entries. */
static uint64_t walk(uint64_t address)
{
    uint64_t entry = tables[0][address >> 39 & 511];

    if (!(entry & 1))
        return UNMAPPED;
    assert_int_equal(entry & 0xfff, 3);
    entry = table_at(entry)[address >> 30 & 511];
    if (!(entry & 1))
        return UNMAPPED;
    assert_int_equal(entry & 0xfff, 3);
    entry = table_at(entry)[address >> 21 & 511];
    if (!(entry & 1))
        return UNMAPPED;
    assert_int_equal(entry & 0x1fffff, 0x83); /* present, writable, PS; aligned to 2 MiB */
    assert_int_equal(entry >> 63, 0);         /* executable */
    return (entry & 0xfffffffe00000) + (address & 0x1fffff);
}

static void test_first_4_gib_map_to_themselves(void **state)
{
    (void)state;
    for (uint64_t a = 0; a < IDENTITY_SIZE; a += 0x200000) {
        assert_int_equal(walk(a), a);
        assert_int_equal(walk(a + 0x1fffff), a + 0x1fffff);
    }
}

static void test_first_2_gib_appear_at_kernel_base(void **state)
{
    (void)state;
    for (uint64_t a = 0; a < KERNEL_BASE_SIZE; a += 0x200000)
        assert_int_equal(walk(KERNEL_BASE + a), a);
}

static void test_nothing_else_is_mapped(void **state)
{
    (void)state;
    for (uint64_t gib = 4; gib < 512; gib++)
        assert_int_equal(walk(gib << 30), UNMAPPED);
    for (uint64_t i = 1; i < 511; i++)
        assert_int_equal(walk(i << 39), UNMAPPED);
    for (uint64_t gib = 0; gib < 510; gib++)
        assert_int_equal(walk(0xffffff8000000000 + (gib << 30)), UNMAPPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_first_4_gib_map_to_themselves, build),
        cmocka_unit_test_setup(test_first_2_gib_appear_at_kernel_base, build),
        cmocka_unit_test_setup(test_nothing_else_is_mapped, build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
