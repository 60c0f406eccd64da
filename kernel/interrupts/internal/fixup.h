/*
 * fixup.h - expected faults: an instruction that may fail, and where the code
 * continues if it does.
 *
 * The table is the section .fixups, written by the assembly code with such
 * instructions (safe_read.asm).
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_FIXUP_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_INTERNAL_FIXUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/interrupts/interrupt_frame.h"

struct fixup {
    uint64_t may_fail; /* address of the instruction */
    uint64_t recovery; /* where to continue */
};

/* Where to continue after a fault at `rip`; 0 if the table has no entry for it. */
uint64_t fixup_find(const struct fixup *table, size_t count, uint64_t rip);

/*
 * If `frame` is a memory fault (#PF, #GP, #SS) of an instruction in the table,
 * makes it continue at the recovery and returns true.
 */
bool fixup_apply(struct interrupt_frame *frame);

#endif
