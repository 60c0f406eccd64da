/*
 * frames.h - the physical memory of this machine, by 4 KiB frames.
 *
 * All usable RAM of the loader's map, and what the loader itself needed; the
 * first 16 KiB stay out (BIOS data, flight recorder, boot info, memory map).
 * Bounds: see frame_pool.h.  Not to be called by interrupt handlers.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_FRAMES_H
#define FIRSTLIGHT_KERNEL_MEMORY_FRAMES_H

#include <stdint.h>

#include "boot_info.h"
#include "kernel/memory/frame_pool.h"

/* Needs page tables that map all RAM; frames taken before are those of early_frames.h. */
void frames_start(const struct boot_info *info);

/* Physical address of a frame, or FRAME_NONE.  Its content is undefined. */
uint64_t frame_take(void);

/* `count` adjacent frames from a multiple of `align` bytes (a power of two, 4096 at least). */
uint64_t frame_take_run(uint64_t count, uint64_t align);

/* Gives frames back; panics, naming the caller, if they are free already or no RAM of ours. */
#define frame_give(address) frame_give_run(address, 1)
#define frame_give_run(address, count) frame_give_at(__FILE__, __LINE__, address, count)
void frame_give_at(const char *file, int line, uint64_t address, uint64_t count);

struct frame_counts {
    uint64_t usable, free;  /* frames */
    uint64_t most_used;     /* the high-water mark of usable - free */
    uint64_t longest_run;   /* of free frames */
};

struct frame_counts frames_count(void);

/* Bytes of the free frames and of all; unlike frames_count() at once, and for handlers, too. */
uint64_t frames_free_bytes(void);
uint64_t frames_usable_bytes(void);

#endif
