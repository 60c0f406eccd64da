/* test_internal.h - between the runner and the checks. */
#ifndef FIRSTLIGHT_KERNEL_TEST_TEST_INTERNAL_H
#define FIRSTLIGHT_KERNEL_TEST_TEST_INTERNAL_H

/* Forgets the failures so far. */
void test_expect_begin(void);

/* How many checks failed since then. */
unsigned test_expect_failures(void);

#endif
