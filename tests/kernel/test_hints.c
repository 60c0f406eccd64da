/*
 * test_hints.c - how the real CPU and the real page tables react to the usual
 * mistakes, and the hint in the report.  The other cases:
 * tests/unit/test_panic_hint.c.
 */
#include "kernel/cpu/stacks.h"
#include "kernel/memory/poison.h"
#include "kernel/test/test.h"
#include "layout.h"
#include "lib/string.h"
#include "tests/kernel/faults.h"

static const uint64_t constant = 1;
static uint64_t variable = 1;

KERNEL_TEST_PANICS(write_to_code_gets_a_hint,
                   "Hint: something wrote to the kernel's instructions, which are read-only.")
{
    test_expect_in_report("write at 0x%lx, not permitted", (uint64_t)fault_write_at);
    test_expect_in_report("Error code 0x3: P W\n");
    fault_write((uint64_t)fault_write_at);
}

KERNEL_TEST_PANICS(write_to_constants_gets_a_hint,
                   "Hint: something wrote to the kernel's constants, which are read-only.")
{
    test_expect_in_report("write at 0x%lx, not permitted", (uint64_t)&constant);
    fault_write((uint64_t)&constant);
}

KERNEL_TEST_PANICS(jump_to_data_gets_a_hint, "Hint: the CPU jumped into data")
{
    test_expect_in_report("execution at 0x%lx, not permitted", (uint64_t)&variable);
    test_expect_in_report("Error code 0x11: P I\n");
    test_expect_in_report("called from tests/kernel/faults.asm:");
    fault_fetch((uint64_t)&variable);
}

KERNEL_TEST_PANICS(null_call_gets_a_hint, "Hint: a NULL function pointer was called.")
{
    fault_fetch(0);
}

KERNEL_TEST_PANICS(guard_page_is_named_by_its_stack, "is in the guard page below the NMI stack")
{
    fault_write(stacks[STACK_nmi].guard + 8);
}

KERNEL_TEST_PANICS(non_canonical_operand_is_computed,
                   "Hint: 0x8000000000000000 is not a canonical address: bits 63 to 47 differ.")
{
    fault_read(0x8000000000000000);
}

KERNEL_TEST_PANICS(pointer_out_of_freed_memory_gets_a_hint,
                   "looks like a pointer read from freed memory, which is filled with DFh.")
{
    uint64_t freed;

    memset(&freed, POISON_FREED, sizeof freed);
    fault_read(freed);
}

KERNEL_TEST_PANICS(page_walk_names_the_bits_of_each_level, "Page walk of 0xffffffff80")
{
    test_expect_in_report("  PML4[511]  ");
    test_expect_in_report("  PDPT[510]  ");
    test_expect_in_report("  PT  [");
    test_expect_in_report("  physical %lx, in a page of 4 KiB", (uint64_t)&constant - KERNEL_BASE);
    fault_write((uint64_t)&constant);
}
