/* Hints: each kind of failure gets its sentence, and a healthy machine none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/panic/internal/panic_hint.h"

#define PAGE_FAULT 14
#define PRESENT 1
#define WRITE 2
#define FETCH 16

static char text[160];

static const struct hint_facts healthy = {
    .vector = PAGE_FAULT, .rbp = 0xffffffff80200010, .rbp_in_stack = true, .has_address = true,
    .address = 0x123456789000, .rip_part = IMAGE_CODE,
};

static void expect(struct hint_facts facts, const char *sentence)
{
    panic_hint(text, sizeof text, &facts);
    assert_string_equal(text, sentence);
}

static void test_ordinary_fault_gets_none(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    expect(facts, "");
    facts.vector = 0;
    facts.has_address = false;
    expect(facts, "");
}

static void test_null_with_its_offset(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.address = 0;
    expect(facts, "a NULL pointer was used, at offset 0x0 (0)");
    facts.address = 4095;
    expect(facts, "a NULL pointer was used, at offset 0xfff (4095)");
    facts.address = 4096;
    expect(facts, "");
    facts.address = 0;
    facts.error_code = FETCH;
    facts.rip_part = IMAGE_NONE;
    expect(facts, "a NULL function pointer was called");
    facts.vector = 13; /* not a page fault: address 0 was not accessed */
    facts.rip_part = IMAGE_CODE;
    expect(facts, "");
}

static void test_guard_page_is_named(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = 8;
    facts.guarded_stack = "the NMI stack";
    expect(facts, "0x123456789000 is in the guard page below the NMI stack: the stack overflowed");
}

static void test_non_canonical(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = 13;
    facts.address = 0x8000000000001234;
    expect(facts, "0x8000000000001234 is not a canonical address: bits 63 to 47 differ");
    facts.has_address = false;
    expect(facts, "");
}

static void test_poison_is_known_with_an_offset(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = 13;
    facts.address = 0xdfdfdfdfdfdfdfdf + 0x40;
    expect(facts, "0xdfdfdfdfdfdfe01f looks like a pointer read from freed memory, which is filled "
                  "with DFh");
    facts.address = 0xdfdfdfdfdfdfdfdf - 8;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "read from freed memory"));
    facts.address = 0xa5a5a5a5a5a5a5a5;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "a pointer that was never set"));
    facts.address = 0xdfdfdfdfdfdfdfdf + 65536; /* too far away to be a member */
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "is not a canonical address"));
}

static void test_execution_of_data_and_of_nothing(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.error_code = FETCH | PRESENT;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "jumped into data"));
    facts.error_code = FETCH;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "jumped to where nothing is mapped"));
    facts.vector = 6;
    facts.rip_part = IMAGE_DATA;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "RIP is outside the kernel's code"));
}

static void test_writes_to_what_is_read_only(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.error_code = WRITE | PRESENT;
    facts.part = IMAGE_CODE;
    expect(facts, "something wrote to the kernel's instructions, which are read-only");
    facts.part = IMAGE_CONSTANTS;
    expect(facts, "something wrote to the kernel's constants, which are read-only");
    facts.part = IMAGE_DATA;
    expect(facts, "");
    facts.part = IMAGE_CODE;
    facts.error_code = PRESENT; /* a read */
    expect(facts, "");
}

static void test_misaligned_stack(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.rbp += 8;
    expect(facts, "the stack is misaligned: RBP is not a multiple of 16, so the function was called "
                  "with RSP off by 8");
    facts.rbp_in_stack = false; /* then it is just a number */
    expect(facts, "");
}

static void test_nmi_with_its_cause(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = 2;
    facts.has_address = false;
    facts.system_status = 0xb0;
    expect(facts, "the chipset reports SERR#: a memory or bus error");
    facts.system_status = 0x70;
    expect(facts, "the chipset reports IOCHK#: an expansion card failed");
    facts.system_status = 0x30;
    panic_hint(text, sizeof text, &facts);
    assert_non_null(strstr(text, "neither SERR# nor IOCHK#"));
}

static void test_ud2(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = 6;
    facts.has_address = false;
    expect(facts, "");
    facts.is_ud2 = true;
    expect(facts, "UD2 marks a place that the program must never reach");
}

static void test_panic_without_an_exception(void **state)
{
    struct hint_facts facts = healthy;

    (void)state;
    facts.vector = HINT_NO_VECTOR;
    facts.has_address = false;
    facts.rip_part = IMAGE_NONE;
    expect(facts, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary_fault_gets_none),
        cmocka_unit_test(test_null_with_its_offset),
        cmocka_unit_test(test_guard_page_is_named),
        cmocka_unit_test(test_non_canonical),
        cmocka_unit_test(test_poison_is_known_with_an_offset),
        cmocka_unit_test(test_execution_of_data_and_of_nothing),
        cmocka_unit_test(test_writes_to_what_is_read_only),
        cmocka_unit_test(test_misaligned_stack),
        cmocka_unit_test(test_nmi_with_its_cause),
        cmocka_unit_test(test_ud2),
        cmocka_unit_test(test_panic_without_an_exception),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
