/*
 * fixup.c - looks up expected faults; exceptions.c calls it before it panics.
 */
#include "kernel/interrupts/internal/fixup.h"

#include "kernel/interrupts/vectors.h"

/* From the linker script. */
extern const struct fixup fixups_start[];
extern const struct fixup fixups_end[];

uint64_t fixup_find(const struct fixup *table, size_t count, uint64_t rip)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].may_fail == rip)
            return table[i].recovery;
    return 0;
}

/*
 * The faults of a memory access: to a hole, to a non-canonical address, or to
 * either by RSP or RBP.
 */
static bool is_memory_fault(uint64_t vector)
{
    return vector == VECTOR_PAGE_FAULT || vector == VECTOR_GENERAL_PROTECTION ||
           vector == VECTOR_STACK_FAULT;
}

bool fixup_apply(struct interrupt_frame *frame)
{
    if (!is_memory_fault(frame->vector))
        return false;

    uint64_t recovery = fixup_find(fixups_start, (size_t)(fixups_end - fixups_start), frame->rip);

    if (recovery == 0)
        return false;
    frame->rip = recovery;
    return true;
}
