/*
 * test_interrupts.c - handlers, expected faults, and the stacks of #DF, NMI and #MC.
 */
#include "kernel/cpu/gdt.h"
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/interrupts/internal/interrupts.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "tests/kernel/faults.h"

#define PAGE 4096

#define RFLAGS_DF (1u << 10)

static struct interrupt_frame seen;
static struct machine_state in_handler;

static void keep_frame(struct interrupt_frame *frame)
{
    machine_state_read(&in_handler);
    seen = *frame;
}

/* Once in this boot, because a vector takes one handler only. */
static void register_keep_frame(void)
{
    static bool registered;

    if (!registered)
        interrupt_register(255, keep_frame);
    registered = true;
}

KERNEL_TEST(registered_handler_sees_the_frame_and_returns)
{
    register_keep_frame();
    seen.vector = 0;
    raise_interrupt_255();
    EXPECT_EQ(seen.vector, 0xff);
    EXPECT_EQ(seen.error_code, 0);
    EXPECT_EQ(seen.cs, SELECTOR_CODE);
    EXPECT_EQ(seen.ss, SELECTOR_DATA);
}

KERNEL_TEST(handler_finds_the_direction_flag_clear)
{
    register_keep_frame();
    raise_interrupt_255_with_direction();
    EXPECT_EQ(in_handler.rflags & RFLAGS_DF, 0);
    EXPECT_EQ(seen.rflags & RFLAGS_DF, RFLAGS_DF);
}

KERNEL_TEST_PANICS(second_handler_for_a_vector_is_refused,
                   "KERNEL PANIC: interrupts: vector 254 already has a handler")
{
    interrupt_register(0xfe, keep_frame);
    interrupt_register(0xfe, keep_frame);
}

KERNEL_TEST(safe_read_reads)
{
    static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    uint8_t byte = 0;
    uint64_t word = 0;

    EXPECT(safe_read_byte((uint64_t)&bytes[1], &byte));
    EXPECT_EQ(byte, 2);
    EXPECT(safe_read_u64((uint64_t)&bytes[1], &word));
    EXPECT_EQ(word, 0x0908070605040302);
}

KERNEL_TEST(safe_read_survives_what_is_not_there)
{
    static const uint64_t nowhere[] = {UNMAPPED, 0x123456789000, 0x8000000000000000,
                                       0xffff7fffffffffff, 0xfffff00000000000};

    for (unsigned i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        uint8_t byte = 0x5a;
        uint64_t word = 0x5a;

        EXPECT(!safe_read_byte(nowhere[i], &byte));
        EXPECT(!safe_read_u64(nowhere[i], &word));
        EXPECT_EQ(byte, 0x5a);
        EXPECT_EQ(word, 0x5a);
    }
}

KERNEL_TEST(safe_read_fails_where_only_the_first_bytes_are_there)
{
    uint64_t word;

    EXPECT(safe_read_u64((uint64_t)kernel_end - 8, &word));
    EXPECT(!safe_read_u64((uint64_t)kernel_end - 7, &word));
}

KERNEL_TEST(stacks_are_on_pages_with_a_guard_below)
{
    for (unsigned i = 0; i < STACKS; i++) {
        EXPECT_EQ(stacks[i].guard % PAGE, 0);
        EXPECT_EQ(stacks[i].bottom, stacks[i].guard + PAGE);
        EXPECT_EQ(stacks[i].top % PAGE, 0);
        EXPECT(stacks[i].top >= stacks[i].bottom + 2 * PAGE);
        EXPECT(stack_find_guard(stacks[i].guard) == &stacks[i]);
        EXPECT(stack_find_guard(stacks[i].bottom) == NULL);
        EXPECT(stack_find(stacks[i].bottom) == &stacks[i]);
        EXPECT(stack_find(stacks[i].top - 1) == &stacks[i]);
    }
}

KERNEL_TEST(guard_pages_are_not_mapped)
{
    for (unsigned i = 0; i < STACKS; i++) {
        uint8_t byte;

        EXPECT(!safe_read_byte(stacks[i].guard, &byte));
        EXPECT(!safe_read_byte(stacks[i].bottom - 1, &byte));
        EXPECT(safe_read_byte(stacks[i].bottom, &byte));
        EXPECT(safe_read_byte(stacks[i].top - 1, &byte));
    }
}

KERNEL_TEST(kernel_runs_on_the_main_stack)
{
    EXPECT(stack_find((uint64_t)__builtin_frame_address(0)) == &stacks[STACK_main]);
}

KERNEL_TEST(worst_cases_have_stacks_of_their_own)
{
    uint8_t double_fault = stack_ist_of(VECTOR_DOUBLE_FAULT);
    uint8_t nmi = stack_ist_of(VECTOR_NMI);
    uint8_t machine_check = stack_ist_of(VECTOR_MACHINE_CHECK);

    EXPECT(double_fault != 0 && nmi != 0 && machine_check != 0);
    EXPECT(double_fault != nmi && nmi != machine_check && machine_check != double_fault);
    EXPECT_EQ(stack_ist_of(VECTOR_PAGE_FAULT), 0);
    EXPECT_EQ(read_tr(), SELECTOR_TSS);
}
