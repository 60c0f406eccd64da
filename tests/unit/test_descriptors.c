/* test_descriptors.c - descriptors and gates with fields as in the manuals' figures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kernel/debug/descriptors.h"

static void assert_segment(uint64_t low, const char *kind, unsigned dpl, uint64_t base,
                           uint64_t limit)
{
    struct descriptor d = descriptor_decode(low, UINT64_MAX); /* which must not matter */

    assert_string_equal(kind, d.kind);
    assert_false(d.is_system);
    assert_int_equal(dpl, d.dpl);
    assert_int_equal(base, d.base);
    assert_int_equal(limit, d.limit);
}

static void test_segments(void **state)
{
    (void)state;
    assert_segment(0x00af9b000000ffff, "64-bit code", 0, 0, 0xffffffff);
    assert_segment(0x00cf93000000ffff, "data", 0, 0, 0xffffffff);
    assert_segment(0x00cffb000000ffff, "32-bit code", 3, 0, 0xffffffff);
    assert_segment(0x12009a345678ffff, "16-bit code", 0, 0x12345678, 0xffff);
    assert_segment(0x0040960000001234, "data, grows down", 0, 0, 0x1234);
    assert_segment(0x00ef9b000000ffff, "code, L and DB: reserved", 0, 0, 0xffffffff);
    assert_segment(0x00af1b000000ffff, "not present", 0, 0, 0xffffffff);
    assert_segment(0x000f92000000ffff, "data", 0, 0, 0xfffff);
}

static void test_null_descriptor(void **state)
{
    (void)state;
    assert_true(descriptor_decode(0, UINT64_MAX).is_null);
    assert_false(descriptor_decode(1, 0).is_null);
}

static void test_a_tss_takes_its_base_from_two_entries(void **state)
{
    struct descriptor d = descriptor_decode(0x80008b1234560067, 0x00000000ffffffff);

    (void)state;
    assert_string_equal("64-bit TSS, busy", d.kind);
    assert_true(d.is_system);
    assert_int_equal(0xffffffff80123456, d.base);
    assert_int_equal(0x67, d.limit);
    assert_string_equal("64-bit TSS, available", descriptor_decode(0x0000890000000067, 0).kind);
}

static void test_gates(void **state)
{
    struct gate_fields gate = descriptor_decode_gate(0x80128e0200081234, 0xffffffff);

    (void)state;
    assert_string_equal("interrupt gate", gate.kind);
    assert_true(gate.present);
    assert_int_equal(8, gate.selector);
    assert_int_equal(2, gate.ist);
    assert_int_equal(0, gate.dpl);
    assert_int_equal(0xffffffff80121234, gate.offset);

    gate = descriptor_decode_gate(0x0000ef0000100000, 0);
    assert_string_equal("trap gate", gate.kind);
    assert_int_equal(3, gate.dpl);
    assert_false(descriptor_decode_gate(0x00000e0000080000, 0).present);
    assert_string_equal("not present", descriptor_decode_gate(0, 0).kind);
    assert_string_equal("reserved type", descriptor_decode_gate(0x0000860000080000, 0).kind);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments),
        cmocka_unit_test(test_null_descriptor),
        cmocka_unit_test(test_a_tss_takes_its_base_from_two_entries),
        cmocka_unit_test(test_gates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
