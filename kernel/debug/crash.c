/*
 * crash.c - failures in C.  The addresses and numbers are volatile, because a
 * compiler may do anything with code that it sees to be wrong.
 */
#include "kernel/debug/crash.h"

#include <stddef.h>
#include <stdint.h>

#include "kernel/cpu/interrupt_frame.h"
#include "kernel/panic/panic.h"

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
    volatile unsigned zero = 0;
    volatile unsigned result = 1 / zero;

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

    (void)*field;
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

/* The frame of the report lies where nothing is mapped. */
void crash_nested(void)
{
    panic_frame((const struct interrupt_frame *)UNMAPPED, "crash: the first of two");
}
