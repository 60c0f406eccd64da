/* Backtraces: complete chains, and each way in which a chain can be broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel/debug/backtrace.h"
#include "kernel/interrupts/interrupt_frame.h"

#define CODE 0xffffffff80100000ull /* 64 KiB of code */
#define STACK 0xffffffff80200000ull
#define WORDS 128
#define HOLE (STACK + 8 * 100) /* eight bytes in the stack that cannot be read */
#define RETURN_TO_STUB (CODE + 0x100)

static uint64_t stack[WORDS];

static bool read_word(uint64_t address, uint64_t *value)
{
    if (address < STACK || address >= STACK + sizeof stack || address % 8 != 0 || address == HOLE)
        return false;
    *value = stack[(address - STACK) / 8];
    return true;
}

static bool is_stack(uint64_t address)
{
    return address >= STACK && address < STACK + sizeof stack;
}

static bool is_code(uint64_t address)
{
    return address >= CODE && address < CODE + 0x10000;
}

static const struct backtrace_machine machine = {read_word, is_stack, is_code, RETURN_TO_STUB};

/* A frame at word `at` of the stack; returns the RBP that points to it. */
static uint64_t frame(unsigned at, uint64_t saved_rbp, uint64_t return_address)
{
    stack[at] = saved_rbp;
    stack[at + 1] = return_address;
    return STACK + 8 * at;
}

static struct backtrace walk(uint64_t rip, uint64_t rsp, uint64_t rbp)
{
    struct backtrace trace;

    memset(&trace, 0xaa, sizeof trace);
    backtrace_walk(&trace, &machine, rip, rsp, rbp);
    return trace;
}

static int clear(void **state)
{
    (void)state;
    memset(stack, 0, sizeof stack);
    return 0;
}

static void test_chain_is_followed_to_its_end(void **state)
{
    uint64_t outer = frame(20, 0, CODE + 0x30);
    uint64_t inner = frame(10, outer, CODE + 0x20);
    struct backtrace trace = walk(CODE + 0x10, STACK, inner);

    (void)state;
    assert_int_equal(trace.count, 3);
    assert_int_equal(trace.entries[0].kind, BACKTRACE_HERE);
    assert_int_equal(trace.entries[0].address, CODE + 0x10);
    assert_int_equal(trace.entries[1].kind, BACKTRACE_CALL);
    assert_int_equal(trace.entries[1].address, CODE + 0x20);
    assert_int_equal(trace.entries[2].address, CODE + 0x30);
    assert_int_equal(trace.end, BACKTRACE_COMPLETE);
    assert_string_equal(backtrace_end_text(trace.end), "");
}

static void test_recursion_is_one_entry_with_a_count(void **state)
{
    uint64_t rbp = frame(60, 0, CODE + 0x30);
    struct backtrace trace;

    (void)state;
    for (unsigned at = 58; at >= 20; at -= 2)
        rbp = frame(at, rbp, CODE + 0x20);
    trace = walk(CODE + 0x10, STACK, rbp);
    assert_int_equal(trace.count, 3);
    assert_int_equal(trace.entries[1].times, 20);
    assert_int_equal(trace.entries[2].times, 1);
    assert_int_equal(trace.end, BACKTRACE_COMPLETE);
}

static void test_interrupted_code_is_shown(void **state)
{
    uint64_t outer = frame(90, 0, CODE + 0x50);
    uint64_t handler = frame(10, 0x1234, RETURN_TO_STUB);
    struct interrupt_frame *registers = (struct interrupt_frame *)&stack[12];

    (void)state;
    registers->rip = CODE + 0x40;
    registers->rbp = outer;
    struct backtrace trace = walk(CODE + 0x10, STACK, handler);

    assert_int_equal(trace.count, 4);
    assert_int_equal(trace.entries[1].address, RETURN_TO_STUB);
    assert_int_equal(trace.entries[2].kind, BACKTRACE_INTERRUPTED);
    assert_int_equal(trace.entries[2].address, CODE + 0x40);
    assert_int_equal(trace.entries[3].address, CODE + 0x50);
    assert_int_equal(trace.end, BACKTRACE_COMPLETE);
}

/* IST stacks may lie above the interrupted one. */
static void test_interrupted_stack_may_lie_below(void **state)
{
    uint64_t outer = frame(4, 0, CODE + 0x50);
    uint64_t handler = frame(60, 0, RETURN_TO_STUB);
    struct interrupt_frame *registers = (struct interrupt_frame *)&stack[62];

    (void)state;
    registers->rip = CODE + 0x40;
    registers->rbp = outer;
    assert_int_equal(walk(CODE, STACK, handler).end, BACKTRACE_COMPLETE);
}

static void test_wild_call_shows_its_caller(void **state)
{
    uint64_t outer = frame(20, 0, CODE + 0x30);

    (void)state;
    stack[8] = CODE + 0x20;
    struct backtrace trace = walk(0x1000, STACK + 64, outer);

    assert_int_equal(trace.count, 3);
    assert_int_equal(trace.entries[0].address, 0x1000);
    assert_int_equal(trace.entries[1].address, CODE + 0x20);
    stack[8] = 0x7777; /* not a return address, so not shown */
    assert_int_equal(walk(0x1000, STACK + 64, outer).count, 2);
    assert_int_equal(walk(0x1000, 0x1000, outer).count, 2);
}

static void expect_end(uint64_t rbp, unsigned count, enum backtrace_end end, uint64_t value)
{
    struct backtrace trace = walk(CODE, STACK, rbp);

    assert_int_equal(trace.count, count);
    assert_int_equal(trace.end, end);
    assert_int_equal(trace.end_value, value);
    assert_true(strlen(backtrace_end_text(end)) > 0);
}

static void test_broken_chains_end_with_the_reason(void **state)
{
    (void)state;
    expect_end(STACK + 3, 1, BACKTRACE_MISALIGNED, STACK + 3);
    expect_end(0x5000, 1, BACKTRACE_NO_STACK, 0x5000);
    /* the second half of the frame lies beyond the stack */
    expect_end(STACK + 8 * (WORDS - 1), 1, BACKTRACE_NO_STACK, STACK + 8 * (WORDS - 1));
    expect_end(HOLE, 1, BACKTRACE_UNREADABLE, HOLE);
    expect_end(frame(10, 0, 0x41414141), 1, BACKTRACE_NO_CODE, 0x41414141);
    expect_end(frame(10, STACK + 8 * 4, CODE + 1), 2, BACKTRACE_NOT_GROWING, STACK + 8 * 4);
}

static void test_circle_ends(void **state)
{
    uint64_t rbp = frame(10, STACK + 8 * 10, CODE + 1);

    (void)state;
    expect_end(rbp, 2, BACKTRACE_NOT_GROWING, rbp);
}

static void test_long_chain_fills_the_room(void **state)
{
    uint64_t rbp = 0;

    (void)state;
    for (unsigned i = 0; i < BACKTRACE_MAX + 4; i++)
        rbp = frame(98 - 2 * i, rbp, CODE + 8 * i + 1);
    assert_int_equal(walk(CODE, STACK, rbp).count, BACKTRACE_MAX);
    assert_int_equal(walk(CODE, STACK, rbp).end, BACKTRACE_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_chain_is_followed_to_its_end, clear),
        cmocka_unit_test_setup(test_recursion_is_one_entry_with_a_count, clear),
        cmocka_unit_test_setup(test_interrupted_code_is_shown, clear),
        cmocka_unit_test_setup(test_interrupted_stack_may_lie_below, clear),
        cmocka_unit_test_setup(test_wild_call_shows_its_caller, clear),
        cmocka_unit_test_setup(test_broken_chains_end_with_the_reason, clear),
        cmocka_unit_test_setup(test_circle_ends, clear),
        cmocka_unit_test_setup(test_long_chain_fills_the_room, clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
