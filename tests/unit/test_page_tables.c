/*
 * test_page_tables.c - the kernel's page tables compared with a model: one entry for
 * each 4 KiB page of a small address space.  Frames are pages of an array.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/memory/frame_pool.h"
#include "kernel/memory/page_tables.h"

#define FRAMES 4000u
#define BASE 0xffff800000000000ul
#define PAGES 4096u /* of the model: 16 MiB */

static _Alignas(4096) uint64_t memory[FRAMES][512];
static unsigned next, limit;
static uint64_t invalidated;

static uint64_t allocate_frame(void)
{
    return next < limit ? next++ * PAGE_SIZE_4K : FRAME_NONE;
}

static void *pointer(uint64_t physical)
{
    assert_true(physical / PAGE_SIZE_4K < next);
    return memory[physical / PAGE_SIZE_4K];
}

static void invalidate(uint64_t address)
{
    (void)address;
    invalidated++;
}

static struct page_tables tables;

static void start(bool has_nx, uint64_t largest)
{
    memset(memory, 0xee, sizeof memory);
    memset(memory[0], 0, sizeof memory[0]);
    next = 1;
    limit = FRAMES;
    tables = (struct page_tables){0, largest, has_nx, allocate_frame, pointer, invalidate};
}

/* ---- the model --------------------------------------------------------------- */

static struct page {
    bool present;
    uint64_t physical;
    enum page_access access;
} model[PAGES];

static bool model_all(unsigned first, unsigned count, bool present)
{
    for (unsigned i = first; i < first + count; i++)
        if (model[i].present != present)
            return false;
    return true;
}

static void expect_like_model(void)
{
    for (unsigned i = 0; i < PAGES; i++) {
        uint64_t inside = i * 37u % PAGE_SIZE_4K;
        struct page_mapping m;
        bool found = page_tables_translate(&tables, BASE + i * PAGE_SIZE_4K + inside, &m);

        assert_int_equal(found, model[i].present);
        if (!found)
            continue;
        assert_int_equal(m.physical, model[i].physical + inside);
        assert_int_equal(!!(m.entry & PAGE_RW), !!(model[i].access & PAGE_WRITE));
        assert_int_equal(!(m.entry & PAGE_NX), !!(model[i].access & PAGE_EXECUTE));
    }
}

static void random_call(void)
{
    unsigned first = (unsigned)rand() % PAGES;
    unsigned count = 1 + (unsigned)rand() % (rand() % 3 ? 8 : PAGES);
    enum page_access access = (enum page_access)(rand() % 4);
    uint64_t address = BASE + first * PAGE_SIZE_4K, physical;

    if (rand() % 3 == 0)
        first = first / 512 * 512, count = 512 * (1 + (unsigned)rand() % 3);
    if (count > PAGES - first)
        count = PAGES - first;
    address = BASE + first * PAGE_SIZE_4K;
    physical = (rand() % 2 ? first : (uint64_t)rand() % 100000) * PAGE_SIZE_4K;
    switch (rand() % 3) {
    case 0: {
        bool possible = model_all(first, count, false);

        assert_int_equal(page_tables_map(&tables, address, physical, count * PAGE_SIZE_4K, access),
                         possible ? PAGE_OK : PAGE_TAKEN);
        for (unsigned i = 0; possible && i < count; i++)
            model[first + i] = (struct page){true, physical + i * PAGE_SIZE_4K, access};
        break;
    }
    case 1: {
        bool possible = model_all(first, count, true);

        assert_int_equal(page_tables_unmap(&tables, address, count * PAGE_SIZE_4K),
                         possible ? PAGE_OK : PAGE_MISSING);
        for (unsigned i = 0; possible && i < count; i++)
            model[first + i].present = false;
        break;
    }
    default: {
        bool possible = model_all(first, count, true);

        assert_int_equal(page_tables_protect(&tables, address, count * PAGE_SIZE_4K, access),
                         possible ? PAGE_OK : PAGE_MISSING);
        for (unsigned i = 0; possible && i < count; i++)
            model[first + i].access = access;
    }
    }
}

static void test_random_calls_agree_with_the_model(void **state)
{
    (void)state;
    srand(42);
    for (unsigned round = 0; round < 20; round++) {
        start(true, PAGE_SIZE_2M);
        memset(model, 0, sizeof model);
        for (unsigned i = 0; i < 150; i++)
            random_call();
        expect_like_model();
    }
}

/* ---- what the model does not say --------------------------------------------- */

static uint64_t size_at(uint64_t address)
{
    struct page_mapping m;

    return page_tables_translate(&tables, address, &m) ? m.size : 0;
}

static void test_largest_pages_that_fit_are_used(void **state)
{
    (void)state;
    start(true, PAGE_SIZE_1G);
    assert_int_equal(page_tables_map(&tables, BASE + PAGE_SIZE_1G - PAGE_SIZE_2M - PAGE_SIZE_4K,
                                     PAGE_SIZE_1G - PAGE_SIZE_2M - PAGE_SIZE_4K,
                                     PAGE_SIZE_4K + PAGE_SIZE_2M + PAGE_SIZE_1G, PAGE_WRITE),
                     PAGE_OK);
    assert_int_equal(size_at(BASE + PAGE_SIZE_1G - PAGE_SIZE_2M - 1), PAGE_SIZE_4K);
    assert_int_equal(size_at(BASE + PAGE_SIZE_1G - 1), PAGE_SIZE_2M);
    assert_int_equal(size_at(BASE + PAGE_SIZE_1G), PAGE_SIZE_1G);
    start(true, PAGE_SIZE_2M);
    assert_int_equal(page_tables_map(&tables, BASE, 0, PAGE_SIZE_1G, PAGE_READ), PAGE_OK);
    assert_int_equal(size_at(BASE), PAGE_SIZE_2M);
}

static void test_pages_whose_physical_address_does_not_fit_are_small(void **state)
{
    (void)state;
    start(true, PAGE_SIZE_1G);
    assert_int_equal(page_tables_map(&tables, BASE, PAGE_SIZE_4K, PAGE_SIZE_2M, PAGE_READ),
                     PAGE_OK);
    assert_int_equal(size_at(BASE), PAGE_SIZE_4K);
}

static void test_large_page_is_split_and_its_neighbours_keep_their_rights(void **state)
{
    struct page_mapping m;

    (void)state;
    start(true, PAGE_SIZE_1G);
    assert_int_equal(page_tables_map(&tables, BASE, 0, PAGE_SIZE_1G, PAGE_WRITE), PAGE_OK);
    assert_int_equal(page_tables_unmap(&tables, BASE + 5 * PAGE_SIZE_4K, PAGE_SIZE_4K), PAGE_OK);
    assert_int_equal(size_at(BASE + 5 * PAGE_SIZE_4K), 0);
    assert_int_equal(size_at(BASE + 4 * PAGE_SIZE_4K), PAGE_SIZE_4K);
    assert_int_equal(size_at(BASE + PAGE_SIZE_2M), PAGE_SIZE_2M);
    assert_true(page_tables_translate(&tables, BASE + PAGE_SIZE_1G - 1, &m));
    assert_int_equal(m.physical, PAGE_SIZE_1G - 1);
    assert_true(m.entry & PAGE_RW && m.entry & PAGE_NX);
}

static void test_every_change_is_invalidated(void **state)
{
    (void)state;
    start(true, PAGE_SIZE_2M);
    invalidated = 0;
    assert_int_equal(page_tables_map(&tables, BASE, 0, PAGE_SIZE_2M, PAGE_WRITE), PAGE_OK);
    assert_int_equal(invalidated, 0); /* the CPU does not cache entries that are not present */
    assert_int_equal(page_tables_protect(&tables, BASE, PAGE_SIZE_2M, PAGE_READ), PAGE_OK);
    assert_int_equal(invalidated, 1);
    assert_int_equal(page_tables_unmap(&tables, BASE, 2 * PAGE_SIZE_4K), PAGE_OK);
    assert_int_equal(invalidated, 4); /* the split page, then both small ones */
}

static void test_without_nx_no_entry_has_the_bit(void **state)
{
    struct page_mapping m;

    (void)state;
    start(false, PAGE_SIZE_2M);
    assert_int_equal(page_tables_map(&tables, BASE, 0, PAGE_SIZE_4K, PAGE_READ), PAGE_OK);
    assert_true(page_tables_translate(&tables, BASE, &m));
    assert_int_equal(m.entry & PAGE_NX, 0); /* it would be a reserved bit: #PF */
}

static void test_no_frame_leaves_nothing_mapped(void **state)
{
    (void)state;
    for (unsigned frames = 0; frames < 4; frames++) {
        start(true, PAGE_SIZE_2M);
        limit = next + frames;
        assert_int_equal(page_tables_map(&tables, BASE + PAGE_SIZE_2M - PAGE_SIZE_4K, 0,
                                         2 * PAGE_SIZE_4K, PAGE_READ), PAGE_NO_FRAME);
        assert_int_equal(size_at(BASE + PAGE_SIZE_2M - PAGE_SIZE_4K), 0);
        assert_int_equal(size_at(BASE + PAGE_SIZE_2M), 0);
    }
}

static void test_256_gib_need_one_table_a_gib(void **state)
{
    (void)state;
    start(true, PAGE_SIZE_2M);
    assert_int_equal(page_tables_map(&tables, BASE, 0, 256 * PAGE_SIZE_1G, PAGE_WRITE), PAGE_OK);
    assert_int_equal(next, 1 + 1 + 256); /* PML4, PDPT, directories */
    assert_int_equal(size_at(BASE + 256 * PAGE_SIZE_1G), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_calls_agree_with_the_model),
        cmocka_unit_test(test_largest_pages_that_fit_are_used),
        cmocka_unit_test(test_pages_whose_physical_address_does_not_fit_are_small),
        cmocka_unit_test(test_large_page_is_split_and_its_neighbours_keep_their_rights),
        cmocka_unit_test(test_every_change_is_invalidated),
        cmocka_unit_test(test_without_nx_no_entry_has_the_bit),
        cmocka_unit_test(test_no_frame_leaves_nothing_mapped),
        cmocka_unit_test(test_256_gib_need_one_table_a_gib),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
