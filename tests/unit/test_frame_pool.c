/*
 * test_frame_pool.c - the frame allocator against a model that is too simple
 * to be wrong: one byte for each frame.  Random maps, random calls.
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
#include "tests/unit/in_range.h"

#define GIB (1ul << 30)
#define CHUNK 32768u  /* frames that are counted together: 128 MiB */
#define FRAMES 70000u /* more than two chunks */
#define HELD 400
#define JUNK 0xa5

enum { NOT_RAM, USED, FREE };

static uint8_t model[FRAMES];
static struct frame_pool pool;
static void *memory;

static uint64_t some(void)
{
    return (uint64_t)rand();
}

static void start(uint64_t end)
{
    free(memory);
    memory = malloc(frame_pool_bytes(end));
    memset(memory, JUNK, frame_pool_bytes(end));
    frame_pool_start(&pool, end, memory);
    memset(model, NOT_RAM, sizeof model);
}

static void add(uint64_t base, uint64_t bytes)
{
    frame_pool_add(&pool, base, bytes);
    for (uint64_t f = 0; f < FRAMES; f++)
        if (f * FRAME_SIZE >= base && (f + 1) * FRAME_SIZE <= base + bytes)
            model[f] = FREE;
}

static uint64_t model_free(void)
{
    uint64_t n = 0;

    for (unsigned f = 0; f < FRAMES; f++)
        n += model[f] == FREE;
    return n;
}

static uint64_t model_longest(void)
{
    uint64_t longest = 0, run = 0;

    for (unsigned f = 0; f < FRAMES; f++) {
        run = model[f] == FREE ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static bool model_has(uint64_t count, uint64_t align)
{
    for (uint64_t at = 0; at + count <= FRAMES; at += align) {
        uint64_t n = 0;

        while (n < count && model[at + n] == FREE)
            n++;
        if (n == count)
            return true;
    }
    return false;
}

/* Allocates a run and compares the answer with the model. */
static uint64_t take(uint64_t count, uint64_t align)
{
    bool there_is_one = model_has(count, align);
    uint64_t at = frame_pool_allocate(&pool, count, align * FRAME_SIZE);

    assert_int_equal(at != FRAME_NONE, there_is_one);
    if (at == FRAME_NONE)
        return at;
    assert_int_equal(at % (align * FRAME_SIZE), 0);
    for (uint64_t f = at / FRAME_SIZE; f < at / FRAME_SIZE + count; f++) {
        assert_true(f < FRAMES);
        assert_int_equal(model[f], FREE);
        model[f] = USED;
    }
    return at;
}

static void give(uint64_t at, uint64_t count)
{
    assert_true(frame_pool_free(&pool, at, count));
    memset(model + at / FRAME_SIZE, FREE, count);
}

static void random_map(void)
{
    uint64_t at = 0;

    start(FRAMES * FRAME_SIZE);
    while (at < FRAMES * FRAME_SIZE) {
        uint64_t bytes = 1 + some() % (rand() % 4 ? 3 * FRAME_SIZE : 40000 * FRAME_SIZE);

        if (at + bytes > FRAMES * FRAME_SIZE)
            bytes = FRAMES * FRAME_SIZE - at;
        if (rand() % 3)
            add(at, bytes);
        at += bytes + some() % (2 * FRAME_SIZE);
    }
}

static void random_calls(unsigned calls)
{
    static struct { uint64_t at, count; } held[HELD];
    unsigned holding = 0;

    for (unsigned i = 0; i < calls; i++) {
        if (holding == HELD || (holding > 0 && rand() % 5 < 2)) {
            unsigned n = (unsigned)rand() % holding;

            give(held[n].at, held[n].count);
            held[n] = held[--holding];
        } else {
            uint64_t count = rand() % 3 ? 1 : 1 + some() % (rand() % 8 ? 20 : 40000);
            uint64_t at = take(count, 1ul << (rand() % 3 ? 0 : rand() % 10));

            if (at != FRAME_NONE) {
                held[holding].at = at;
                held[holding++].count = count;
            }
        }
    }
    assert_int_equal(pool.free, model_free());
    assert_int_equal(frame_pool_longest_run(&pool), model_longest());
}

static void test_random_calls_on_random_maps_agree_with_the_model(void **state)
{
    (void)state;
    srand(20261123);
    for (unsigned round = 0; round < 30; round++) {
        random_map();
        assert_int_equal(pool.usable, model_free());
        random_calls(200);
    }
}

static void test_every_frame_can_be_allocated_once(void **state)
{
    uint64_t n = 0;

    (void)state;
    srand(7);
    random_map();
    while (frame_pool_allocate(&pool, 1, FRAME_SIZE) != FRAME_NONE)
        n++;
    assert_int_equal(n, pool.usable);
    assert_int_equal(pool.free, 0);
    assert_int_equal(pool.lowest_free, 0);
}

static void test_ranges_are_cut_to_whole_frames(void **state)
{
    (void)state;
    start(GIB / 4);
    frame_pool_add(&pool, 100, 3 * FRAME_SIZE);
    assert_int_equal(pool.usable, 2);
    frame_pool_add(&pool, 10 * FRAME_SIZE + 1, FRAME_SIZE);
    assert_int_equal(pool.usable, 2);
}

static void test_what_is_beyond_the_end_is_left_out(void **state)
{
    (void)state;
    start(16 * FRAME_SIZE);
    frame_pool_add(&pool, 8 * FRAME_SIZE, 100 * FRAME_SIZE);
    assert_int_equal(pool.usable, 8);
}

static void test_wrong_returns_are_refused_and_change_nothing(void **state)
{
    uint64_t at;

    (void)state;
    start(GIB / 4);
    add(0, GIB / 8);
    at = take(4, 1);
    assert_false(frame_pool_free(&pool, at + 1, 1));               /* not the address of a frame */
    assert_false(frame_pool_free(&pool, at, 0));
    assert_false(frame_pool_free(&pool, at, 5));                   /* the fifth is free */
    assert_false(frame_pool_free(&pool, GIB, 1));                  /* beyond the end */
    assert_false(frame_pool_free(&pool, at, ~0ul));
    give(at, 4);
    assert_false(frame_pool_free(&pool, at, 1));                   /* twice */
    assert_int_equal(pool.free, model_free());
}

static void test_low_memory_is_the_last_to_go(void **state)
{
    (void)state;
    start(GIB / 4);
    add(0x10000, 0x80000);
    add(0x100000, 2 * FRAME_SIZE);
    assert_int_equal(take(1, 1), 0x100000);
    assert_int_equal(take(1, 1), 0x101000);
    assert_true(take(1, 1) < 0x100000);
}

static void test_a_run_may_cross_chunks(void **state)
{
    (void)state;
    start(GIB / 4);
    add(GIB / 8 - 4 * FRAME_SIZE, 8 * FRAME_SIZE);
    assert_int_equal(take(8, 1), GIB / 8 - 4 * FRAME_SIZE);
    assert_int_equal(take(1, 1), FRAME_NONE);
}

/* Chunks that are free entirely, then partly, not at all, and entirely again: counts match bits. */
static void test_whole_chunks_are_allocated_and_freed_in_pieces(void **state)
{
    uint64_t at;

    (void)state;
    start(FRAMES * FRAME_SIZE);
    add(0, FRAMES * FRAME_SIZE);
    at = take(2 * CHUNK, CHUNK);
    assert_int_equal(take(CHUNK, 1), FRAME_NONE);
    assert_false(frame_pool_free(&pool, at, 2 * CHUNK + 1));
    give(at + 5 * FRAME_SIZE, CHUNK);
    assert_false(frame_pool_free(&pool, at, 6));
    assert_int_equal(take(CHUNK, 1), at + 5 * FRAME_SIZE);
    give(at, 2 * CHUNK);
    assert_int_equal(take(CHUNK, CHUNK), at + CHUNK * FRAME_SIZE); /* the low one is kept */
    assert_int_equal(frame_pool_longest_run(&pool), model_longest());
}

/* The reason that the kernel starts as fast with 512 GiB as with 4. */
static void test_wholly_free_chunks_leave_the_bitmap_unwritten(void **state)
{
    const uint8_t *bytes;

    (void)state;
    start(GIB / 2);
    bytes = memory;
    add(FRAME_SIZE, GIB / 4);
    assert_int_not_equal(bytes[0], JUNK);     /* the first chunk lacks a frame */
    for (unsigned i = CHUNK / 8; i < 2 * CHUNK / 8; i++)
        assert_int_equal(bytes[i], JUNK);
    assert_int_equal(frame_pool_longest_run(&pool), GIB / 4 / FRAME_SIZE);
}

static void test_256_gib_need_8_mib_of_bitmap(void **state)
{
    (void)state;
    assert_int_in_range(frame_pool_bytes(256 * GIB), 8 << 20, (8 << 20) + (16 << 10));
    start(256 * GIB);
    frame_pool_add(&pool, 4 * GIB, 252 * GIB);
    assert_int_equal(pool.free, 252 * GIB / FRAME_SIZE);
    assert_int_equal(frame_pool_allocate(&pool, 200 * GIB / FRAME_SIZE, GIB), 4 * GIB);
    assert_int_equal(frame_pool_longest_run(&pool), 52 * GIB / FRAME_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_calls_on_random_maps_agree_with_the_model),
        cmocka_unit_test(test_every_frame_can_be_allocated_once),
        cmocka_unit_test(test_ranges_are_cut_to_whole_frames),
        cmocka_unit_test(test_what_is_beyond_the_end_is_left_out),
        cmocka_unit_test(test_wrong_returns_are_refused_and_change_nothing),
        cmocka_unit_test(test_low_memory_is_the_last_to_go),
        cmocka_unit_test(test_a_run_may_cross_chunks),
        cmocka_unit_test(test_whole_chunks_are_allocated_and_freed_in_pieces),
        cmocka_unit_test(test_wholly_free_chunks_leave_the_bitmap_unwritten),
        cmocka_unit_test(test_256_gib_need_8_mib_of_bitmap),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    free(memory);
    return failed;
}
