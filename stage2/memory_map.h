/*
 * memory_map.h - what the firmware says about memory.
 */
#ifndef STAGE2_MEMORY_MAP_H
#define STAGE2_MEMORY_MAP_H

#include <stdint.h>

#include "boot_info.h"

/*
 * Asks the firmware for the memory map, sorts it out and leaves it at
 * MEMORY_MAP_ADDRESS, with what the loader occupies marked MEMORY_LOADER.
 * Prints the result, or ends the boot.
 */
void memory_map_collect(void);

/* Ends the boot unless [base, base + length) is usable; then marks it MEMORY_KERNEL. */
void memory_map_claim_kernel(uint64_t base, uint64_t length);

/* The map at MEMORY_MAP_ADDRESS has this many entries. */
unsigned memory_map_entries(void);

#endif
