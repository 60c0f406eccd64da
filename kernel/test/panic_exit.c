/*
 * panic_exit.c - a panic of the test image leaves QEMU after its last line.
 *
 * The linker redirects panic_halt() to this function (tests/kernel/kernel.mk).
 * Without QEMU's exit device it halts like any other.
 */
#include "kernel/test/internal/test_exit.h"
#include "kernel/test/internal/test_runner.h"

void __wrap_panic_halt(void) __attribute__((noreturn));
void __real_panic_halt(void) __attribute__((noreturn));

void __wrap_panic_halt(void)
{
    test_exit(TEST_EXIT_PANICKED);
    __real_panic_halt();
}
