/*
 * expect.c - the checks, and what they print when they fail.
 */
#include "kernel/console/console.h"
#include "kernel/test/internal/test_runner.h"
#include "kernel/test/test.h"
#include "lib/string.h"

#define SHOWN_MAX 10 /* failures of one test; a check in a loop may fail a thousand times */

static unsigned failures;

void test_expect_begin(void)
{
    failures = 0;
}

unsigned test_expect_failures(void)
{
    return failures;
}

/* Counts a failure; true if it should be printed. */
static bool count_failure(void)
{
    failures++;
    if (failures == SHOWN_MAX + 1)
        printk("# more checks of this test failed\n");
    return failures <= SHOWN_MAX;
}

bool test_expect(bool holds, const char *condition, const char *file, int line)
{
    if (!holds && count_failure())
        printk("# %s:%d: %s does not hold\n", file, line, condition);
    return holds;
}

bool test_expect_equal(uint64_t actual, uint64_t expected, const char *actual_text,
                       const char *expected_text, const char *file, int line)
{
    if (actual != expected && count_failure())
        printk("# %s:%d: %s is %lu (0x%lx), not %s, which is %lu (0x%lx)\n", file, line,
               actual_text, actual, actual, expected_text, expected, expected);
    return actual == expected;
}

bool test_expect_string(const char *actual, const char *expected, const char *actual_text,
                        const char *file, int line)
{
    bool equal = strcmp(actual, expected) == 0;

    if (!equal && count_failure())
        printk("# %s:%d: %s is \"%s\", not \"%s\"\n", file, line, actual_text, actual, expected);
    return equal;
}

void test_expect_in_report(const char *fmt, ...)
{
    va_list args;

    printk("# the report must contain: ");
    va_start(args, fmt);
    printk_v(fmt, args);
    va_end(args);
    printk("\n");
}
