/*
 * test_runner.c - the runner itself: it must notice failures.
 *
 * The host runs these and expects each to be reported as failed, in the way
 * that tests/boot/test_kernel_ring.py says.
 */
#include "kernel/panic/panic.h"
#include "kernel/power/reset.h"
#include "kernel/test/test.h"
#include "lib/cpu.h"

KERNEL_TEST_FAILS(wrong_expectation)
{
    uint64_t two = 2;

    EXPECT(two == 3);
    EXPECT_EQ(two + 2, 5);
    EXPECT_STRING("two", "three");
}

KERNEL_TEST_FAILS(unexpected_panic)
{
    panic("not what the test was about");
}

KERNEL_TEST_FAILS(endless_loop)
{
    for (;;)
        cpu_relax();
}

KERNEL_TEST_FAILS(sudden_reset)
{
    reset_machine();
}
