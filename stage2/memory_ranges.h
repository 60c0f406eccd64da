/*
 * memory_ranges.h - from the firmware's list of ranges to one that is reliable.
 *
 * Pure functions on arrays; stage2/memory_map.c asks the firmware.
 */
#ifndef STAGE2_MEMORY_RANGES_H
#define STAGE2_MEMORY_RANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"

/* Where a range begins (change = 1) or has ended (-1). */
struct memory_edge {
    uint64_t address;
    uint32_t rank; /* of the range's type: see memory_ranges.c */
    int32_t change;
};

/*
 * Converts `raw` (n ranges in any order, overlapping, empty, wrapping, of any
 * type) to `map`: sorted, disjoint, neighbours of one type merged.  Where
 * ranges overlap, the stricter type is used:
 *   usable < loader < kernel < ACPI reclaimable < ACPI NVS < reserved, unknown < bad
 * `edges` is working memory for 2 * n of them.
 * Returns the number of ranges, or -1 if there are more than `room`.
 */
int memory_ranges_sanitise(const struct memory_range *raw, unsigned n, struct memory_range *map,
                           unsigned room, struct memory_edge *edges);

/* True if all of [base, base + length) is usable RAM. */
bool memory_ranges_are_usable(const struct memory_range *map, unsigned n, uint64_t base,
                              uint64_t length);

/* The sum of the ranges of `type`, in bytes. */
uint64_t memory_ranges_sum(const struct memory_range *map, unsigned n, uint32_t type);

/*
 * The end of the low memory that the firmware leaves to us: the lowest
 * plausible one of INT 12h (in KiB), the EBDA's segment (from 8000h on) and the
 * end of the usable range that contains the loader.  Plausible is 64 KiB to 640
 * KiB; 640 KiB if none is.
 */
uint32_t memory_ranges_low_limit(const struct memory_range *map, unsigned n, uint16_t int12_kib,
                                 uint16_t ebda_segment);

#endif
