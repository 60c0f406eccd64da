/*
 * test_ubsan.c - the test image stops at undefined behaviour, with its place.
 */
#include <stdint.h>

#include "kernel/test/test.h"

/* The compiler must not know the values in advance. */
static volatile int number = INT32_MAX;
static volatile unsigned bits = 32;
static volatile int sink;

KERNEL_TEST_PANICS(signed_overflow_is_found, "KERNEL PANIC: undefined behaviour at " __FILE__)
{
    test_expect_in_report("%s:%d:", __FILE__, __LINE__ + 2);
    test_expect_in_report(": addition out of range");
    sink = number + 1;
}

KERNEL_TEST_PANICS(shift_out_of_range_is_found, "KERNEL PANIC: undefined behaviour at " __FILE__)
{
    test_expect_in_report("%s:%d:", __FILE__, __LINE__ + 2);
    test_expect_in_report(": shift by too many or a negative number of bits");
    sink = 1 << bits;
}

KERNEL_TEST_PANICS(index_out_of_bounds_is_found, "KERNEL PANIC: undefined behaviour at " __FILE__)
{
    static int three[3];

    test_expect_in_report("%s:%d:", __FILE__, __LINE__ + 2);
    test_expect_in_report(": array index out of bounds");
    sink = three[bits];
}

KERNEL_TEST_PANICS(misaligned_pointer_is_found, "KERNEL PANIC: undefined behaviour at " __FILE__)
{
    static char bytes[8];
    int *volatile misaligned = (int *)&bytes[1];

    test_expect_in_report("%s:%d:", __FILE__, __LINE__ + 2);
    test_expect_in_report(": pointer that is NULL, misaligned");
    sink = *misaligned;
}
