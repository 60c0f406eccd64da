/*
 * test_panic.c - the report of a panic, and what happens if reporting itself fails.
 */
#include "kernel/interrupts/internal/interrupts.h"
#include "kernel/panic/panic.h"
#include "kernel/test/test.h"
#include "tests/kernel/faults.h"

extern uint64_t __stack_chk_guard; /* kernel/panic/stack_guard.c */

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

KERNEL_TEST_PANICS(line_for_programs_is_escaped,
                   "@panic {\"message\":\"say \\\"no\\\" to C:\\\\ and \\u0009 here\",")
{
    panic("say \"no\" to C:\\ and \t here");
}

KERNEL_TEST_PANICS(panic_cuts_a_long_message, "KERNEL PANIC: 00000")
{
    test_expect_in_report("at %s:%d", __FILE__, __LINE__ + 1);
    panic("%01000d", 1);
}

static void __attribute__((noinline)) fail_in_handler(struct interrupt_frame *frame)
{
    (void)frame;
    panic("inside of a handler");
}

KERNEL_TEST_PANICS(panic_in_a_handler_shows_the_interrupted_code,
                   "KERNEL PANIC: inside of a handler")
{
    test_expect_in_report("called from kernel/interrupts/interrupts.c:");
    test_expect_in_report("called from kernel/interrupts/interrupt_stubs.asm:");
    test_expect_in_report("interrupted at tests/kernel/faults.asm:");
    test_expect_in_report("called from %s:%d, in test_%s+0x", __FILE__, __LINE__ + 2, __func__ + 5);
    interrupt_register(255, fail_in_handler);
    raise_interrupt_255();
}

KERNEL_TEST_PANICS(wild_jump_shows_who_jumped,
                   "#PF page fault, error code 0x10: execution at 0x200000000, page not present")
{
    test_expect_in_report("at 0x200000000, which is not in the kernel's code");
    test_expect_in_report("called from tests/kernel/faults.asm:");
    fault_fetch(0x200000000);
}

KERNEL_TEST_PANICS(broken_frame_pointer_ends_the_calls_with_a_reason,
                   "KERNEL PANIC: #UD invalid opcode")
{
    test_expect_in_report("The backtrace ends here: the next RBP is not a multiple of 8 "
                          "(0x6000000000000006).");
    fault_with_registers();
}

KERNEL_TEST(canary_is_set_and_stops_strings)
{
    EXPECT(__stack_chk_guard != 0);
    EXPECT_EQ(__stack_chk_guard & 0xff, 0);
    EXPECT(__stack_chk_guard >> 32 != 0);
}

KERNEL_TEST_PANICS(fault_inside_a_report_ends_with_both_reported, "KERNEL PANIC: the first of two")
{
    test_expect_in_report("Failed while reporting a panic: #PF at RIP ffffffff80");
    panic_frame((const struct interrupt_frame *)UNMAPPED, "the first of two");
}

KERNEL_TEST_PANICS(fault_in_a_panic_message_still_prints_its_format,
                   "KERNEL PANIC: block %s is damaged")
{
    test_expect_in_report("Failed while reporting a panic: #PF at RIP ffffffff80");
    panic("block %s is damaged", (const char *)UNMAPPED);
}
