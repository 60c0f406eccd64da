/*
 * test_heap_core.c - the kernel's heap on the host: random calls against a
 * model, and every kind of misuse.  Regions come from malloc, so ASan sees
 * any write outside of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/memory/heap_core.h"
#include "kernel/memory/poison.h"

#define HERE ((struct heap_caller){__FILE__, __LINE__})
#define HELD 300
#define REGION HEAP_KEPT_BYTES

static struct heap_core heap;
static size_t regions_left;
static jmp_buf failed;
static bool expected;
static struct {
    const char *what;
    const void *block;
    int allocated, freed, now; /* lines, 0 if unknown */
} failure;

static void *grow(size_t bytes, size_t *got)
{
    if (regions_left == 0)
        return NULL;
    regions_left--;
    *got = bytes < REGION ? REGION : (bytes + 4095) / 4096 * 4096;
    return aligned_alloc(4096, *got);
}

static void shrink(void *region, size_t bytes)
{
    memset(region, 0, bytes);
    free(region);
}

static void fail_here(const char *what, const void *block, struct heap_caller allocated,
                      struct heap_caller freed, struct heap_caller now)
{
    if (!expected)
        fail_msg("%p %s (allocated in line %d, freed in %d)", block, what, allocated.line,
                 freed.line);
    failure.what = what;
    failure.block = block;
    failure.allocated = allocated.file != NULL ? allocated.line : 0;
    failure.freed = freed.file != NULL ? freed.line : 0;
    failure.now = now.line;
    longjmp(failed, 1);
}

static int start(void **state)
{
    (void)state;
    heap = (struct heap_core){.grow = grow, .shrink = shrink, .fail = fail_here};
    regions_left = 10000;
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (struct heap_region *r = heap.regions, *next; r != NULL; r = next) {
        next = r->next;
        free(r);
    }
    return 0;
}

/* Runs a statement that has to fail; the failure is in `failure`. */
#define FAILS(statement)        \
    do {                        \
        failure.what = NULL;    \
        expected = true;        \
        if (setjmp(failed) == 0) { \
            statement;          \
            fail_msg("no failure"); \
        }                       \
        expected = false;       \
    } while (0)

static void expect_text(const char *part)
{
    assert_non_null(failure.what);
    assert_non_null(strstr(failure.what, part));
}

/* ---- the model: what every allocation holds ------------------------------------------ */

static struct {
    uint8_t *memory;
    size_t bytes;
    uint8_t value;
} held[HELD];
static unsigned holding;

static void check_content(unsigned n)
{
    for (size_t i = 0; i < held[n].bytes; i++)
        assert_int_equal(held[n].memory[i], held[n].value);
}

static void take_one(void)
{
    size_t bytes = rand() % 10 == 0 ? (size_t)rand() % 200000 : (size_t)rand() % 600;
    size_t align = rand() % 4 ? 16 : (size_t)16 << rand() % 9;
    uint8_t *memory = heap_core_allocate(&heap, bytes, align, HERE);

    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % align, 0);
    assert_int_equal(heap_core_size(&heap, memory, HERE), bytes);
    for (size_t i = 0; i < bytes; i++)
        assert_int_equal(memory[i], POISON_NEW);
    held[holding].memory = memory;
    held[holding].bytes = bytes;
    held[holding].value = (uint8_t)rand();
    memset(memory, held[holding].value, bytes);
    holding++;
}

static void give_one(void)
{
    unsigned n = (unsigned)rand() % holding;

    check_content(n); /* nothing else has written here */
    heap_core_free(&heap, held[n].memory, HERE);
    held[n] = held[--holding];
}

static void test_random_calls_keep_every_byte(void **state)
{
    (void)state;
    srand(20261123);
    for (unsigned i = 0; i < 20000; i++) {
        if (holding == HELD || (holding > 0 && rand() % 100 < (i / 2000 % 2 ? 60 : 40)))
            give_one();
        else
            take_one();
        if (i % 500 == 0)
            assert_true(heap_core_check(&heap, HERE) >= holding);
        assert_int_equal(heap.counts.blocks, holding);
    }
    while (holding > 0)
        give_one();
    assert_int_equal(heap.counts.bytes, 0);
    assert_true(heap.counts.region_bytes <= HEAP_KEPT_BYTES);       /* all others went back */
    assert_int_equal(heap_core_check(&heap, HERE), heap.counts.regions); /* one block again */
}

static void test_freed_memory_is_merged_and_reused(void **state)
{
    void *parts[20], *whole;

    (void)state;
    for (unsigned i = 0; i < 20; i++)
        parts[i] = heap_core_allocate(&heap, 2000, 16, HERE);
    for (unsigned i = 0; i < 20; i += 2)
        heap_core_free(&heap, parts[i], HERE);
    for (unsigned i = 1; i < 20; i += 2)
        heap_core_free(&heap, parts[i], HERE);
    regions_left = 0;
    whole = heap_core_allocate(&heap, 60000, 16, HERE);
    assert_non_null(whole);
    heap_core_free(&heap, whole, HERE);
}

static void test_no_memory_is_null_and_changes_nothing(void **state)
{
    void *memory = heap_core_allocate(&heap, 10, 16, HERE);

    (void)state;
    regions_left = 0;
    assert_null(heap_core_allocate(&heap, 1 << 20, 16, HERE));
    assert_null(heap_core_allocate(&heap, SIZE_MAX - 8, 16, HERE));
    assert_null(heap_core_allocate(&heap, 16, (size_t)1 << 50, HERE));
    assert_int_equal(heap.counts.blocks, 1);
    heap_core_free(&heap, memory, HERE);
    heap_core_free(&heap, NULL, HERE);
}

static void test_zero_bytes_are_a_block_of_their_own(void **state)
{
    void *a = heap_core_allocate(&heap, 0, 16, HERE), *b = heap_core_allocate(&heap, 0, 16, HERE);

    (void)state;
    assert_non_null(a);
    assert_ptr_not_equal(a, b);
    heap_core_free(&heap, a, HERE);
    heap_core_free(&heap, b, HERE);
}

/* ---- misuse --------------------------------------------------------------------------- */

static void test_double_free_names_all_three_callers(void **state)
{
    int allocated, freed;
    void *memory;

    (void)state;
    memory = heap_core_allocate(&heap, 100, 16, HERE), allocated = __LINE__;
    heap_core_free(&heap, memory, HERE), freed = __LINE__;
    FAILS(heap_core_free(&heap, memory, HERE));
    expect_text("already freed");
    assert_ptr_equal(failure.block, memory);
    assert_int_equal(failure.allocated, allocated);
    assert_int_equal(failure.freed, freed);
    assert_true(failure.now > freed);
}

/* Its block has become part of the one before it. */
static void test_double_free_of_a_merged_block_is_also_named(void **state)
{
    void *a = heap_core_allocate(&heap, 100, 16, HERE);
    void *b = heap_core_allocate(&heap, 100, 16, HERE);
    void *c = heap_core_allocate(&heap, 100, 16, HERE);
    int freed;

    (void)state;
    heap_core_free(&heap, a, HERE);
    heap_core_free(&heap, b, HERE), freed = __LINE__;
    heap_core_check(&heap, HERE); /* the tombstone is not damage */
    FAILS(heap_core_free(&heap, b, HERE));
    expect_text("already freed");
    assert_int_equal(failure.freed, freed);
    heap_core_free(&heap, c, HERE);
}

static void test_wild_free_is_named(void **state)
{
    uint8_t *memory = heap_core_allocate(&heap, 500, 16, HERE);

    (void)state;
    FAILS(heap_core_free(&heap, memory + 8, HERE));
    expect_text("not allocated by the heap");
    FAILS(heap_core_free(&heap, memory + 64, HERE));
    expect_text("not allocated by the heap");
}

static void overrun(size_t bytes)
{
    uint8_t *memory = heap_core_allocate(&heap, bytes, 16, HERE);

    memory[bytes] = 0;
    FAILS(heap_core_free(&heap, memory, HERE));
    expect_text("past its end");
    memory[bytes] = POISON_REDZONE;
    heap_core_free(&heap, memory, HERE);
}

static void test_overrun_by_one_byte_is_seen_when_freed(void **state)
{
    (void)state;
    for (size_t bytes = 0; bytes < 100; bytes++)
        overrun(bytes);
}

static void test_write_after_free_is_seen(void **state)
{
    uint8_t *memory = heap_core_allocate(&heap, 1000, 16, HERE);
    int freed;

    (void)state;
    heap_core_free(&heap, memory, HERE), freed = __LINE__;
    memory[700] = 1;
    FAILS(heap_core_check(&heap, HERE));
    expect_text("written after it was freed");
    assert_int_equal(failure.freed, freed);
    FAILS(heap_core_allocate(&heap, 1000, 16, HERE));
    expect_text("written after it was freed");
}

static void test_overwritten_header_is_seen(void **state)
{
    uint8_t *a = heap_core_allocate(&heap, 64, 16, HERE);
    uint8_t *b = heap_core_allocate(&heap, 64, 16, HERE);

    (void)state;
    memset(a + 64, 0x41, 100); /* through the redzone and into b's header */
    FAILS(heap_core_free(&heap, b, HERE));
    FAILS(heap_core_check(&heap, HERE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_calls_keep_every_byte, start, end),
        cmocka_unit_test_setup_teardown(test_freed_memory_is_merged_and_reused, start, end),
        cmocka_unit_test_setup_teardown(test_no_memory_is_null_and_changes_nothing, start, end),
        cmocka_unit_test_setup_teardown(test_zero_bytes_are_a_block_of_their_own, start, end),
        cmocka_unit_test_setup_teardown(test_double_free_names_all_three_callers, start, end),
        cmocka_unit_test_setup_teardown(test_double_free_of_a_merged_block_is_also_named, start, end),
        cmocka_unit_test_setup_teardown(test_wild_free_is_named, start, end),
        cmocka_unit_test_setup_teardown(test_overrun_by_one_byte_is_seen_when_freed, start, end),
        cmocka_unit_test_setup_teardown(test_write_after_free_is_seen, start, end),
        cmocka_unit_test_setup_teardown(test_overwritten_header_is_seen, start, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
