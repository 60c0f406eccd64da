/*
 * early_frames.h - frames for what must exist before the frame allocator: its
 * bitmap, and the page tables that map it.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_INTERNAL_EARLY_FRAMES_H
#define FIRSTLIGHT_KERNEL_MEMORY_INTERNAL_EARLY_FRAMES_H

#include <stdint.h>

#include "boot_info.h"

/* Chooses the largest usable range that the loader's page tables map at KERNEL_BASE. */
void early_frames_start(const struct memory_range *map, uint32_t entries);

/* The next frames of it, adjacent; they are never freed.  Panics if there are none left. */
uint64_t early_frames_allocate(uint64_t count);

/* The part allocated so far: [base, base + bytes). */
void early_frames_allocated(uint64_t *base, uint64_t *bytes);

#endif
