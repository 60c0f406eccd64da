/*
 * machine_state.h - the machine as the tests see it: at the kernel's entry
 * and now (machine_state.asm).
 */
#ifndef FIRSTLIGHT_KERNEL_TEST_MACHINE_STATE_H
#define FIRSTLIGHT_KERNEL_TEST_MACHINE_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "kernel/memory/physical.h"

struct descriptor_table {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

struct machine_state {
    uint64_t rsp, rflags, cr0, cr3, cr4, efer;
    uint16_t cs, ss, ds, es, fs, gs;
    struct descriptor_table gdt;
    struct descriptor_table idt;
} __attribute__((packed));

_Static_assert(offsetof(struct machine_state, efer) == 40, "machine_state.asm");
_Static_assert(offsetof(struct machine_state, cs) == 48, "machine_state.asm");
_Static_assert(offsetof(struct machine_state, gdt) == 60, "machine_state.asm");
_Static_assert(offsetof(struct machine_state, idt) == 70, "machine_state.asm");

/* Fills `state` with the current values; RSP is the caller's. */
void machine_state_read(struct machine_state *state);

/* What the loader left, saved before the kernel's first instruction. */
extern const struct machine_state entry_state;
extern const uint64_t entry_rdi;
extern const uint16_t entry_pic_masks; /* low byte: the first one's */
extern const uint64_t entry_dirty; /* the first byte after the payload that was not zero, or 0 */

/* From the linker script. */
extern const uint8_t kernel_start[];
extern const uint8_t kernel_file_end[];
extern const uint8_t kernel_end[];

/* The physical address of an object of the kernel. */
static inline uint64_t physical_address(const void *pointer)
{
    return (uint64_t)pointer - KERNEL_BASE;
}

#endif
