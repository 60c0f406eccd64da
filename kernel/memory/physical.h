/*
 * physical.h - how the kernel accesses physical memory.
 *
 * The loader's page tables map the first 2 GiB at KERNEL_BASE; the kernel's own
 * map all RAM, and everything below 1 MiB, at DIRECT_MAP_BASE.  A pointer
 * obtained before the switch is invalid after it.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H
#define FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/* The current virtual address of physical address 0; paging.c sets it. */
extern uint64_t physical_base;

/* True if all of [address, address + bytes) can be accessed. */
bool physical_reachable(uint64_t address, uint64_t bytes);

/* The virtual address of physical `address`, which must be reachable. */
static inline void *physical_pointer(uint64_t address)
{
    return (void *)(physical_base + address);
}

#endif
