/*
 * test_byte_queue.c - order, fullness and the wrap-around of the indices.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/internal/byte_queue.h"

#define SIZE 8

static void test_bytes_come_out_in_order(void **state)
{
    uint8_t bytes[SIZE];
    struct byte_queue queue = BYTE_QUEUE(bytes);

    (void)state;
    assert_true(byte_queue_is_empty(&queue));
    assert_int_equal(byte_queue_pop(&queue), -1);
    for (unsigned i = 0; i < 1000; i++) {
        byte_queue_push(&queue, (uint8_t)i);
        byte_queue_push(&queue, 0xff);
        assert_false(byte_queue_is_empty(&queue));
        assert_int_equal(byte_queue_pop(&queue), i & 0xff);
        assert_int_equal(byte_queue_pop(&queue), 0xff);
    }
    assert_int_equal(byte_queue_pop(&queue), -1);
    assert_int_equal(byte_queue_lost(&queue), 0);
}

static void test_a_full_queue_keeps_the_oldest_and_counts_the_rest(void **state)
{
    uint8_t bytes[SIZE];
    struct byte_queue queue = BYTE_QUEUE(bytes);

    (void)state;
    for (unsigned i = 0; i < SIZE + 3; i++)
        byte_queue_push(&queue, (uint8_t)i);
    assert_int_equal(byte_queue_lost(&queue), 3);
    for (int i = 0; i < SIZE; i++)
        assert_int_equal(byte_queue_pop(&queue), i);
    assert_true(byte_queue_is_empty(&queue));
}

static void test_indices_may_wrap(void **state)
{
    uint8_t bytes[SIZE];
    struct byte_queue queue = BYTE_QUEUE(bytes);

    (void)state;
    queue.pushed = queue.popped = UINT32_MAX - 2;
    for (unsigned i = 0; i < SIZE + 1; i++)
        byte_queue_push(&queue, (uint8_t)i);
    assert_int_equal(byte_queue_lost(&queue), 1);
    for (int i = 0; i < SIZE; i++)
        assert_int_equal(byte_queue_pop(&queue), i);
    assert_int_equal(byte_queue_pop(&queue), -1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_come_out_in_order),
        cmocka_unit_test(test_a_full_queue_keeps_the_oldest_and_counts_the_rest),
        cmocka_unit_test(test_indices_may_wrap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
