/*
 * physical.h - how the kernel reaches physical memory.
 *
 * The loader's page tables show the first 2 GiB at KERNEL_BASE; the kernel's
 * own show all RAM, and what lies below 1 MiB, at DIRECT_MAP_BASE.  A pointer
 * got before the switch is of no use after it.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H
#define FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/* Where physical address 0 is seen now: paging.c sets it. */
extern uint64_t physical_base;

/* True if all of [address, address + bytes) can be reached. */
bool physical_reachable(uint64_t address, uint64_t bytes);

/* The place where the kernel sees physical `address`, which is reachable. */
static inline void *physical_pointer(uint64_t address)
{
    return (void *)(physical_base + address);
}

#endif
