/*
 * test_exceptions.c - each exception is reported with its name, error code, CR2 and
 * the RIP of the exact instruction.
 */
#include "kernel/test/test.h"
#include "tests/kernel/faults.h"

static void expect_rip(const char *address)
{
    test_expect_in_report("RIP    %016lx", (uint64_t)address);
}

static void expect_cr2(uint64_t address)
{
    test_expect_in_report("CR2    %016lx", address);
}

KERNEL_TEST_PANICS(divide_error_is_named, "KERNEL PANIC: #DE divide error")
{
    expect_rip(fault_divide_at);
    fault_divide();
}

KERNEL_TEST_PANICS(invalid_opcode_is_named, "KERNEL PANIC: #UD invalid opcode")
{
    expect_rip(fault_invalid_at);
    fault_invalid();
}

KERNEL_TEST(breakpoint_returns_with_every_register)
{
    EXPECT(fault_breakpoint_keeps_registers());
}

KERNEL_TEST_PANICS(non_canonical_address_is_a_general_protection_fault,
                   "KERNEL PANIC: #GP general protection, error code 0x0")
{
    expect_rip(fault_read_at);
    fault_read(0x8000000000000000);
}

KERNEL_TEST_PANICS(single_step_is_named, "KERNEL PANIC: #DB debug exception")
{
    fault_single_step();
}

KERNEL_TEST_PANICS(x87_that_is_switched_off_is_named, "KERNEL PANIC: #NM device not available")
{
    expect_rip(fault_x87_at);
    fault_x87();
}

KERNEL_TEST_PANICS(bad_selector_is_in_the_error_code,
                   "KERNEL PANIC: #GP general protection, error code 0x48")
{
    test_expect_in_report("Error code 0x48: selector 0x48, bits: none");
    expect_rip(fault_selector_at);
    fault_selector(0x48);
}

KERNEL_TEST_PANICS(interrupt_without_a_handler_is_named,
                   "KERNEL PANIC: unexpected interrupt: vector 128 (0x80) has no handler")
{
    expect_rip(fault_interrupt_128_after);
    fault_interrupt_128();
}

KERNEL_TEST_PANICS(double_fault_has_a_stack_of_its_own,
                   "KERNEL PANIC: #DF double fault, error code 0x0")
{
    fault_without_stack();
}

KERNEL_TEST_PANICS(page_fault_names_a_read,
                   "#PF page fault, error code 0x0: read at 0x100000008, page not present")
{
    expect_rip(fault_read_at);
    expect_cr2(UNMAPPED + 8);
    fault_read(UNMAPPED + 8);
}

KERNEL_TEST_PANICS(page_fault_names_a_write,
                   "#PF page fault, error code 0x2: write at 0x100000010, page not present")
{
    expect_rip(fault_write_at);
    expect_cr2(UNMAPPED + 16);
    fault_write(UNMAPPED + 16);
}

KERNEL_TEST_PANICS(page_fault_names_an_execution,
                   "#PF page fault, error code 0x10: execution at 0x100000000, "
                   "page not present")
{
    expect_rip((const char *)UNMAPPED);
    expect_cr2(UNMAPPED);
    fault_fetch(UNMAPPED);
}

KERNEL_TEST_PANICS(exception_on_an_odd_stack_is_handled_on_an_aligned_one,
                   "KERNEL PANIC: #UD invalid opcode")
{
    fault_on_odd_stack();
}

KERNEL_TEST_PANICS(exception_with_the_direction_flag_set_is_reported,
                   "KERNEL PANIC: #UD invalid opcode")
{
    fault_with_direction();
}

KERNEL_TEST_PANICS(exception_shows_every_register, "KERNEL PANIC: #UD invalid opcode")
{
    static const char *const names[] = {"RAX", "RBX", "RCX", "RDX", "RSI", "RDI", "RBP", "R8",
                                        "R9",  "R10", "R11", "R12", "R13", "R14", "R15"};

    for (uint64_t n = 0; n < sizeof names / sizeof names[0]; n++)
        test_expect_in_report("%-6s %016lx", names[n], n << 60 | n);
    fault_with_registers();
}
