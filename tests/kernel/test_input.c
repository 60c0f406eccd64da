/*
 * test_input.c - input is asked, never waited for.
 */
#include "kernel/input/input.h"
#include "kernel/test/test.h"

/* The host runs it on a machine without a controller, too. */
KERNEL_TEST(input_poll_returns_without_a_key)
{
    key_code key;
    unsigned keys = 0;

    for (unsigned i = 0; i < 10000; i++)
        keys += input_poll(&key);
    EXPECT_EQ(keys, 0);
}
