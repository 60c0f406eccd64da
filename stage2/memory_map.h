/*
 * memory_map.h - the firmware's memory map.
 */
#ifndef STAGE2_MEMORY_MAP_H
#define STAGE2_MEMORY_MAP_H

#include <stdint.h>

#include "boot_info.h"

/*
 * Gets the firmware's memory map, sorts it and stores it at MEMORY_MAP_ADDRESS,
 * with the loader's memory marked MEMORY_LOADER.  Prints the result, or ends
 * the boot.
 */
void memory_map_collect(void);

/* Ends the boot unless [base, base + length) is usable; then marks it MEMORY_KERNEL. */
void memory_map_claim_kernel(uint64_t base, uint64_t length);

/* The number of entries in the map at MEMORY_MAP_ADDRESS. */
unsigned memory_map_entries(void);

#endif
