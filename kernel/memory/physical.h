/*
 * physical.h - how the kernel reaches physical memory: the loader's page
 * tables show the first 2 GiB of it at KERNEL_BASE.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H
#define FIRSTLIGHT_KERNEL_MEMORY_PHYSICAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/* True if all of [address, address + bytes) is mapped at KERNEL_BASE. */
static inline bool physical_reachable(uint64_t address, uint64_t bytes)
{
    return bytes <= KERNEL_BASE_SIZE && address <= KERNEL_BASE_SIZE - bytes;
}

/* The place where the kernel sees physical `address`, which is reachable. */
static inline void *physical_pointer(uint64_t address)
{
    return (void *)(KERNEL_BASE + address);
}

#endif
