/*
 * stacks.c - the memory of all kernel stacks, and which stack an address belongs to.
 *
 * entry.asm starts on the main stack, gdt.c puts the others into the TSS,
 * kernel/memory/ unmaps the guard pages, panics ask where RSP points to.
 */
#include "kernel/cpu/stacks.h"

#include "kernel/interrupts/vectors.h"

#define PAGE_SIZE 4096

_Static_assert(STACK_main == 0 && offsetof(struct stack, top) == 24, "entry.asm");

#define STACK(name, bytes, text) \
    static struct { \
        uint8_t guard[PAGE_SIZE]; \
        uint8_t memory[bytes]; \
    } name##_stack __attribute__((aligned(PAGE_SIZE))); \
    _Static_assert((bytes) % PAGE_SIZE == 0, "whole pages");
#define IST_STACK(name, bytes, text, vector) STACK(name, bytes, text)
#include "kernel/cpu/stacks.def"
#undef STACK
#undef IST_STACK

const struct stack stacks[STACKS] = {
#define STACK(name, bytes, text) \
    [STACK_##name] = {text, (uint64_t)name##_stack.guard, (uint64_t)name##_stack.memory, \
                      (uint64_t)(&name##_stack + 1)},
#define IST_STACK(name, bytes, text, vector) STACK(name, bytes, text)
#include "kernel/cpu/stacks.def"
#undef STACK
#undef IST_STACK
};

uint8_t stack_ist_of(uint8_t vector)
{
    switch (vector) {
#define STACK(name, bytes, text)
#define IST_STACK(name, bytes, text, vector) \
    case vector: { \
        return STACK_##name; \
    }
#include "kernel/cpu/stacks.def"
#undef STACK
#undef IST_STACK
    default: return 0;
    }
}

const struct stack *stack_find(uint64_t address)
{
    for (size_t i = 0; i < STACKS; i++)
        if (address >= stacks[i].bottom && address < stacks[i].top)
            return &stacks[i];
    return NULL;
}

const struct stack *stack_find_guard(uint64_t address)
{
    for (size_t i = 0; i < STACKS; i++)
        if (address >= stacks[i].guard && address < stacks[i].bottom)
            return &stacks[i];
    return NULL;
}
