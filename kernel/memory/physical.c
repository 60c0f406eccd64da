/*
 * physical.c - where physical memory is seen, and how much of it.
 *
 * Asks the page tables that CR3 points to, the loader's or our own, so the console
 * and panics do not need paging.c.
 */
#include "kernel/memory/physical.h"

#include "kernel/cpu/registers.h"
#include "kernel/memory/address_space.h"
#include "kernel/memory/page_tables.h"

uint64_t physical_base = KERNEL_BASE;

bool physical_reachable(uint64_t address, uint64_t bytes)
{
    const struct page_tables tables = {
        .root = read_cr3() & PAGE_ADDRESS,
        .pointer = physical_pointer,
    };
    uint64_t limit = physical_base == KERNEL_BASE ? KERNEL_BASE_SIZE : DIRECT_MAP_SIZE;
    struct page_mapping mapping;

    if (bytes > limit || address > limit - bytes)
        return false;
    if (physical_base == KERNEL_BASE)
        return true;
    for (uint64_t at = address; at < address + bytes; at += mapping.size - at % mapping.size)
        if (!page_tables_translate(&tables, physical_base + at, &mapping))
            return false;
    return true;
}
