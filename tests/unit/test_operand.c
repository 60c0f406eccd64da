/* Memory operands: the encodings that compilers use, as an assembler writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kernel/debug/operand.h"

/* Each register holds a different number. */
static const struct interrupt_frame registers = {
    .rax = 0x1000, .rbx = 0x2000, .rcx = 0x3000, .rdx = 0x4000, .rsi = 0x5000, .rdi = 0x6000,
    .rbp = 0x7000, .rsp = 0x8000, .r8 = 0x10000, .r9 = 0x20000, .r10 = 0x30000, .r11 = 0x40000,
    .r12 = 0x50000, .r13 = 0x60000, .r14 = 0x70000, .r15 = 0x80000,
};

static void expect(const char *code, size_t bytes, uint64_t expected)
{
    uint64_t address = 0;

    assert_true(operand_address((const uint8_t *)code, bytes, &registers, &address));
    assert_int_equal(address, expected);
    assert_false(operand_address((const uint8_t *)code, bytes - 1, &registers, &address));
}

#define EXPECT(code, expected) expect(code, sizeof code - 1, expected)

static void expect_none(const char *code, size_t bytes)
{
    uint64_t address;

    assert_false(operand_address((const uint8_t *)code, bytes, &registers, &address));
}

#define EXPECT_NONE(code) expect_none(code, sizeof code - 1)

static void test_base_and_displacement(void **state)
{
    (void)state;
    EXPECT("\x48\x8b\x00", 0x1000);                 /* mov rax, [rax] */
    EXPECT("\x48\x8b\x40\x40", 0x1040);             /* mov rax, [rax+40h] */
    EXPECT("\x48\x8b\x40\xf8", 0xff8);              /* mov rax, [rax-8] */
    EXPECT("\x89\x9f\x78\x56\x34\x12", 0x1234b678); /* mov [rdi+12345678h], ebx */
    EXPECT("\x8b\x83\xf0\xff\xff\xff", 0x1ff0);     /* mov eax, [rbx-10h] */
    EXPECT("\x48\x8b\x45\x00", 0x7000);             /* mov rax, [rbp] */
    EXPECT("\x49\x8b\x07", 0x80000);                /* mov rax, [r15] */
    EXPECT("\x4d\x8b\x6d\x00", 0x60000);            /* mov r13, [r13] */
}

static void test_index_and_scale(void **state)
{
    (void)state;
    EXPECT("\x48\x8b\x04\x24", 0x8000);             /* mov rax, [rsp] */
    EXPECT("\x8b\x44\x88\x04", 0x1000 + 4 * 0x3000 + 4); /* mov eax, [rax+rcx*4+4] */
    EXPECT("\x42\x8b\x04\xf0", 0x1000 + 8 * 0x70000); /* mov eax, [rax+r14*8] */
    EXPECT("\x43\x8b\x04\x0c", 0x50000 + 0x20000);  /* mov eax, [r12+r9] */
    EXPECT("\x8b\x04\xcd\x10\x00\x00\x00", 8 * 0x3000 + 0x10); /* mov eax, [rcx*8+10h] */
    EXPECT("\x42\x8b\x04\x24", 0x8000 + 0x50000);   /* mov eax, [rsp+r12] */
}

static void test_other_opcodes(void **state)
{
    (void)state;
    EXPECT("\x0f\xb6\x06", 0x5000);                 /* movzx eax, byte [rsi] */
    EXPECT("\x66\x89\x03", 0x2000);                 /* mov [rbx], ax */
    EXPECT("\xf0\x0f\xb1\x0a", 0x4000);             /* lock cmpxchg [rdx], ecx */
    EXPECT("\xff\x10", 0x1000);                     /* call [rax] */
    EXPECT("\x0f\x38\xf0\x01", 0x3000);             /* movbe eax, [rcx] */
    EXPECT("\xf3\x48\xab", 0x6000);                 /* rep stosq */
    EXPECT("\xac", 0x5000);                         /* lodsb */
}

static void test_movs_blames_the_side_that_is_wrong(void **state)
{
    struct interrupt_frame r = registers;
    uint64_t address;

    (void)state;
    r.rdi = 0x8000000000000000;
    assert_true(operand_address((const uint8_t *)"\x48\xa5", 2, &r, &address)); /* movsq */
    assert_int_equal(address, 0x8000000000000000);
    r.rdi = 0x6000;
    r.rsi = 0x0001000000000000;
    assert_true(operand_address((const uint8_t *)"\x48\xa5", 2, &r, &address));
    assert_int_equal(address, 0x0001000000000000);
}

static void test_instructions_without_a_memory_operand(void **state)
{
    (void)state;
    EXPECT_NONE("\x48\x89\xc3");                    /* mov rbx, rax */
    EXPECT_NONE("\x8b\x05\x00\x00\x00\x00");        /* mov eax, [rip] */
    EXPECT_NONE("\x0f\x0b");                        /* ud2 */
    EXPECT_NONE("\x0f\x30");                        /* wrmsr */
    EXPECT_NONE("\xc3");                            /* ret */
    EXPECT_NONE("\xfa");                            /* cli */
    EXPECT_NONE("");
    EXPECT_NONE("\x66\x66\x66");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_base_and_displacement),
        cmocka_unit_test(test_index_and_scale),
        cmocka_unit_test(test_other_opcodes),
        cmocka_unit_test(test_movs_blames_the_side_that_is_wrong),
        cmocka_unit_test(test_instructions_without_a_memory_operand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
