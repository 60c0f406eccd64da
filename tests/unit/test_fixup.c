/* Expected faults: only the exact instruction in the table counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/interrupts/internal/fixup.h"

/* The kernel's linker script makes the real table. */
const struct fixup fixups_start[] = {{0x1000, 0x2000}, {0x1010, 0x3000}};
extern const struct fixup fixups_end[];
__asm__(".globl fixups_end\n.set fixups_end, fixups_start + 32");

static void test_find_takes_the_exact_address(void **state)
{
    (void)state;
    assert_int_equal(fixup_find(fixups_start, 2, 0x1000), 0x2000);
    assert_int_equal(fixup_find(fixups_start, 2, 0x1010), 0x3000);
    assert_int_equal(fixup_find(fixups_start, 2, 0x1001), 0);
    assert_int_equal(fixup_find(fixups_start, 2, 0xfff), 0);
    assert_int_equal(fixup_find(fixups_start, 1, 0x1010), 0);
    assert_int_equal(fixup_find(fixups_start, 0, 0x1000), 0);
}

static void test_memory_faults_continue_at_the_recovery(void **state)
{
    (void)state;
    for (uint64_t vector = 0; vector < 32; vector++) {
        struct interrupt_frame frame = {.vector = vector, .rip = 0x1010};
        bool is_memory_fault = vector == 12 || vector == 13 || vector == 14;

        assert_int_equal(fixup_apply(&frame), is_memory_fault);
        assert_int_equal(frame.rip, is_memory_fault ? 0x3000 : 0x1010);
    }
}

static void test_a_fault_elsewhere_is_left_alone(void **state)
{
    struct interrupt_frame frame = {.vector = 14, .rip = 0x1011};

    (void)state;
    assert_false(fixup_apply(&frame));
    assert_int_equal(frame.rip, 0x1011);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find_takes_the_exact_address),
        cmocka_unit_test(test_memory_faults_continue_at_the_recovery),
        cmocka_unit_test(test_a_fault_elsewhere_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
