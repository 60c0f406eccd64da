/*
 * test_exit.h - how the test image leaves QEMU: a code, written to the port of
 * its isa-debug-exit device.  QEMU ends with the exit status 2 * code + 1.
 * The host's side (tests/boot/test_kernel_ring.py) reads this file.
 */
#ifndef FIRSTLIGHT_KERNEL_TEST_INTERNAL_TEST_EXIT_H
#define FIRSTLIGHT_KERNEL_TEST_INTERNAL_TEST_EXIT_H

#define TEST_EXIT_PORT 0xf4
#define TEST_EXIT_PASSED 0x10   /* tests were run, and all of them passed */
#define TEST_EXIT_FAILED 0x11   /* a test failed, or none was run */
#define TEST_EXIT_PANICKED 0x12 /* a panic, expected or not: the report shows which */

#endif
