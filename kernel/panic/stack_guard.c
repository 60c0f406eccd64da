/*
 * stack_guard.c - the canary of the stack protector, and what happens when it is overwritten.
 *
 * The compilers (GCC and Clang) choose the two names that begin with __stack_chk.
 */
#include "kernel/panic/stack_guard.h"

#include <stdbool.h>
#include <stdint.h>

#include "kernel/cpu/registers.h"
#include "kernel/panic/panic.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"

#define RDRAND_TRIES 10 /* Intel SDM 1, 7.3.17.1: it may briefly have no number ready */

/* The lowest byte is zero: a string that overruns its buffer either stops there or changes it. */
#define CANARY_MASK (~0xffull)

uint64_t __stack_chk_guard;
void __stack_chk_fail(void) __attribute__((noreturn));

static bool read_random(uint64_t *value)
{
    if (!(cpuid(CPUID_FEATURES).ecx & CPUID_FEATURES_ECX_RDRAND))
        return false;
    for (unsigned i = 0; i < RDRAND_TRIES; i++)
        if (rdrand(value))
            return true;
    return false;
}

/* An odd multiplier spreads the counter's few changing bits over all 64 (2^64 / golden ratio). */
static uint64_t spread(uint64_t ticks)
{
    uint64_t product = ticks * 0x9e3779b97f4a7c15ull;

    return product ^ product >> 32;
}

__attribute__((no_stack_protector)) void stack_guard_start(void)
{
    uint64_t value = (uint64_t)&value;

    if (!read_random(&value) && cpuid(CPUID_FEATURES).edx & CPUID_FEATURES_EDX_TSC)
        value = spread(rdtsc());
    __stack_chk_guard = value & CANARY_MASK;
}

void __stack_chk_fail(void)
{
    panic("stack protector: the canary was overwritten, by a write beyond a local array");
}
