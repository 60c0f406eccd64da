/*
 * crash.c - failures in C.  The addresses and numbers are volatile, because a
 * compiler may do anything with code that it knows to be wrong.
 */
#include "kernel/crash/crash.h"

#include <stddef.h>
#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h"
#include "kernel/panic/panic.h"
#include "lib/string.h"

#define NON_CANONICAL 0x8000000000001234ull /* bits 63 to 47 differ */
#define UNMAPPED 0x123456789000ull

struct record {
    uint64_t words[8];
    uint64_t field; /* at offset 64 */
};

static uint64_t read_from(uint64_t address)
{
    volatile uint64_t *volatile pointer = (volatile uint64_t *)address;

    return *pointer;
}

void crash_de(void)
{
    volatile unsigned dividend = 100, zero = 0;
    volatile unsigned result = dividend / zero; /* NOLINT: the fault is the purpose */

    (void)result;
}

void crash_gp(void)
{
    read_from(NON_CANONICAL);
}

void crash_pf(void)
{
    read_from(UNMAPPED);
}

void crash_null(void)
{
    struct record *volatile pointer = NULL;
    volatile uint64_t *field = &pointer->field;

    (void)*field; /* NOLINT: the fault is the purpose */
}

void crash_canary(void)
{
    static char *volatile beyond; /* volatile: the compiler must not know what this points to */
    char name[24];                /* ends just below the canary, whatever the alignment */

    beyond = name;
    memset(beyond, 'A', sizeof name + 8);
} /* NOLINT: `beyond` is not used again */

static volatile unsigned calls_wanted = 1000000; /* volatile: GCC warns about endless recursion */

/* Each call uses its part of the stack after the next call returns.  NOLINTNEXTLINE: recursion */
static __attribute__((noinline)) unsigned call_again(unsigned depth)
{
    volatile unsigned local[16];

    if (depth == calls_wanted)
        return 0;
    local[0] = depth;
    return call_again(depth + 1) + local[0];
}

void crash_stack(void)
{
    call_again(0);
}

void crash_jump(void)
{
    void (*volatile function)(void) = (void (*)(void))UNMAPPED;

    function();
}

void crash_assert(void)
{
    volatile int three = 3;

    KASSERT(1 + 1 == three);
}

void crash_panic(void)
{
    panic("crash: requested at the prompt; nothing is wrong");
}

/* The stack frame of the report is in unmapped memory. */
void crash_nested(void)
{
    panic_frame((const struct interrupt_frame *)UNMAPPED, "crash: the first of two");
}
