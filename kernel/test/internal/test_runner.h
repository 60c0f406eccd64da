/* test_runner.h - the interface between the runner and the checks. */
#ifndef FIRSTLIGHT_KERNEL_TEST_INTERNAL_TEST_RUNNER_H
#define FIRSTLIGHT_KERNEL_TEST_INTERNAL_TEST_RUNNER_H

/* Forgets the failures so far. */
void test_expect_begin(void);

/* How many checks failed since then. */
unsigned test_expect_failures(void);

/* Leaves QEMU with one of test_exit.h's codes; returns if the machine has no such device. */
void test_exit(unsigned char code);

#endif
