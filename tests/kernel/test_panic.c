/*
 * test_panic.c - the report of a panic, and what happens when it fails itself.
 */
#include "kernel/panic/panic.h"
#include "kernel/test/test.h"
#include "tests/kernel/faults.h"

KERNEL_TEST_PANICS(assertion_names_its_condition, "KERNEL PANIC: assertion failed: 1 + 1 == 3")
{
    test_expect_in_report("at %s:%d, in %s", __FILE__, __LINE__ + 1, __func__);
    KASSERT(1 + 1 == 3);
}

KERNEL_TEST(assertion_that_holds_is_silent)
{
    KASSERT(1 + 1 == 2);
}

KERNEL_TEST_PANICS(panic_formats_its_message, "KERNEL PANIC: block 0xffffffff80100000 freed twice")
{
    test_expect_in_report("Passed: stage 2, ");
    test_expect_in_report("System halted. Reset the machine to start again.");
    panic("block %p freed %s", (void *)0xffffffff80100000, "twice");
}

KERNEL_TEST_PANICS(panic_cuts_a_long_message, "KERNEL PANIC: 00000")
{
    test_expect_in_report("at %s:%d", __FILE__, __LINE__ + 1);
    panic("%01000d", 1);
}

KERNEL_TEST_PANICS(fault_inside_a_report_ends_with_both_said, "KERNEL PANIC: the first of two")
{
    test_expect_in_report("Failed while reporting a panic: #PF at RIP ffffffff80");
    panic_frame((const struct interrupt_frame *)UNMAPPED, "the first of two");
}

KERNEL_TEST_PANICS(fault_in_a_panic_message_still_says_what_it_was_to_be,
                   "KERNEL PANIC: block %s is damaged")
{
    test_expect_in_report("Failed while reporting a panic: #PF at RIP ffffffff80");
    panic("block %s is damaged", (const char *)UNMAPPED);
}
