/*
 * frames.h - the physical memory of this machine, in 4 KiB frames.
 *
 * All usable RAM of the loader's map, and what the loader itself needed, except
 * the first 16 KiB (BIOS data, flight recorder, boot info, memory map).
 * Bounds: see frame_pool.h.  Not for interrupt handlers.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_FRAMES_H
#define FIRSTLIGHT_KERNEL_MEMORY_FRAMES_H

#include <stdint.h>

#include "boot_info.h"
#include "kernel/memory/frame_pool.h"

/* Needs page tables that map all RAM; early_frames.h allocates the frames before it. */
void frames_start(const struct boot_info *info);

/* The physical address of a frame, or FRAME_NONE.  Its content is undefined. */
uint64_t frame_allocate(void);

/* `count` adjacent frames, aligned to `align` bytes (a power of two, at least 4096). */
uint64_t frame_allocate_run(uint64_t count, uint64_t align);

/* Frees frames; panics, naming the caller, if they are free already or not RAM that we manage. */
#define frame_free(address) frame_free_run(address, 1)
#define frame_free_run(address, count) frame_free_at(__FILE__, __LINE__, address, count)
void frame_free_at(const char *file, int line, uint64_t address, uint64_t count);

struct frame_counts {
    uint64_t usable, free; /* frames */
    uint64_t most_used;    /* the high-water mark of usable - free */
    uint64_t longest_run;  /* of free frames */
};

struct frame_counts frames_count(void);

/* Bytes of free frames and of all frames; fast, unlike frames_count(), and safe in handlers. */
uint64_t frames_free_bytes(void);
uint64_t frames_usable_bytes(void);

#endif
