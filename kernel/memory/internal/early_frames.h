/*
 * early_frames.h - frames for what has to exist before the frame allocator:
 * its bitmap, and the page tables that show it.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_INTERNAL_EARLY_FRAMES_H
#define FIRSTLIGHT_KERNEL_MEMORY_INTERNAL_EARLY_FRAMES_H

#include <stdint.h>

#include "boot_info.h"

/* Chooses the largest usable range that the loader's page tables show at KERNEL_BASE. */
void early_frames_start(const struct memory_range *map, uint32_t entries);

/* The next frames of it, adjacent; they are never given back.  Panics when there are none. */
uint64_t early_frames_take(uint64_t count);

/* What has been taken: [base, base + bytes). */
void early_frames_taken(uint64_t *base, uint64_t *bytes);

#endif
