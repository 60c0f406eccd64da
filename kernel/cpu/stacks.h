/*
 * stacks.h - the kernel's stacks, each with a guard page below it.
 *
 * The table is in the kernel's image and is valid from the first instruction
 * on; the guard pages are ordinary memory until the kernel's own page tables
 * leave them unmapped (kernel/memory/).
 */
#ifndef FIRSTLIGHT_KERNEL_CPU_STACKS_H
#define FIRSTLIGHT_KERNEL_CPU_STACKS_H

#include <stddef.h>
#include <stdint.h>

enum stack_number {
#define STACK(name, bytes, text) STACK_##name,
#define IST_STACK(name, bytes, text, vector) STACK_##name,
#include "kernel/cpu/stacks.def"
#undef STACK
#undef IST_STACK
    STACKS
};

struct stack {
    const char *name;
    uint64_t guard;  /* the page below: [guard, bottom) */
    uint64_t bottom; /* the lowest byte, page-aligned */
    uint64_t top;    /* the byte after the highest: where RSP starts */
};

/* Virtual addresses, all of them in the kernel's .bss. */
extern const struct stack stacks[STACKS];

/* The index in the TSS's interrupt stack table (1 to 7) for `vector`; 0: the current stack. */
uint8_t stack_ist_of(uint8_t vector);

/* The stack that holds `address`, or NULL. */
const struct stack *stack_find(uint64_t address);

/* The stack whose guard page holds `address`, or NULL. */
const struct stack *stack_find_guard(uint64_t address);

#endif
