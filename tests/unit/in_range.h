/*
 * in_range.h - cmocka's range assertion, under the name that cmocka 2 gives it.
 *
 * cmocka 2.0 (Debian testing) deprecates the old name; 1.1 (Debian 12 and 13) has only that one.
 * The unsigned form of 2.0.2 warns of its own conversions.
 */
#ifndef FIRSTLIGHT_TESTS_UNIT_IN_RANGE_H
#define FIRSTLIGHT_TESTS_UNIT_IN_RANGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#ifndef assert_int_in_range
#define assert_int_in_range(value, least, most) assert_in_range(value, least, most)
#endif

#endif
