/*
 * test.h - how tests that run inside the kernel are written.
 *
 *     KERNEL_TEST(map_is_sorted)
 *     {
 *         EXPECT(map[0].base < map[1].base);
 *         EXPECT_EQ(map_entries(), 7);
 *     }
 *
 * Nothing else is needed: the linker collects the tests of tests/kernel/test_*.c.
 * A failed check is reported with its place and its values; the test continues.
 * What a test prints ends with a newline.
 */
#ifndef FIRSTLIGHT_KERNEL_TEST_TEST_H
#define FIRSTLIGHT_KERNEL_TEST_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"

/* A test that passes if it returns and no check failed. */
#define KERNEL_TEST(name) KERNEL_TEST_OF_KIND(passes, name, "")

/* A test that passes if the kernel panics and `text` is in the report. */
#define KERNEL_TEST_PANICS(name, text) KERNEL_TEST_OF_KIND(panics, name, text)

/* A test that must be reported as failed: a test of the runner. */
#define KERNEL_TEST_FAILS(name) KERNEL_TEST_OF_KIND(fails, name, "")

/* Checks; each returns true if it holds, so that a test can stop early. */
#define EXPECT(condition) test_expect(condition, #condition, __FILE__, __LINE__)
#define EXPECT_EQ(actual, expected) \
    test_expect_equal((uint64_t)(actual), (uint64_t)(expected), #actual, #expected, __FILE__, \
                      __LINE__)
#define EXPECT_STRING(actual, expected) \
    test_expect_string(actual, expected, #actual, __FILE__, __LINE__)

/* In a test that panics: one more text that the report must contain. */
void test_expect_in_report(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* What the loader handed over. */
const struct boot_info *test_boot_info(void);

/* ---- used by the macros ---------------------------------------------------- */

enum kernel_test_kind { kernel_test_passes, kernel_test_panics, kernel_test_fails };

struct kernel_test {
    const char *name;
    enum kernel_test_kind kind;
    const char *report;
    void (*run)(void);
};

/* The pointer is global: the host reads its name, and no two tests can have the same name. */
#define KERNEL_TEST_OF_KIND(kind, name, report) \
    static void test_##name(void); \
    static const struct kernel_test facts_of_##name = {#name, kernel_test_##kind, report, \
                                                       test_##name}; \
    __attribute__((section(".kernel_tests"), used)) \
    const struct kernel_test *const kernel_test_##kind##_##name = &facts_of_##name; \
    static void test_##name(void)

bool test_expect(bool holds, const char *condition, const char *file, int line);
bool test_expect_equal(uint64_t actual, uint64_t expected, const char *actual_text,
                       const char *expected_text, const char *file, int line);
bool test_expect_string(const char *actual, const char *expected, const char *actual_text,
                        const char *file, int line);

#endif
