/*
 * frame_pool.h - which 4 KiB frames of physical memory are free: a bitmap.
 *
 * One bit per frame, 1 = free, for all frames up to the end of RAM: 4 KiB of
 * bitmap for each 128 MiB, 8 MiB for 256 GiB.  Frames are also counted by
 * chunks of 128 MiB, so that a search skips full chunks.  Most chunks are
 * entirely RAM or entirely not: their counts say everything, and their part of
 * the bitmap is only written when some of their frames are allocated.  So the
 * start takes one step per chunk, not one for each 64 frames.
 *
 * Bounds: a single frame is found in at most chunks + 512 steps (a step
 * examines 64 frames), nearly always in one; a run in as many steps as the
 * bitmap has words, at worst; freeing takes one step for each 64 frames.  The
 * first frame allocated from a chunk takes 512 more steps.
 *
 * Pure: works on the caller's memory, on the host as in the kernel.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_FRAME_POOL_H
#define FIRSTLIGHT_KERNEL_MEMORY_FRAME_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_SIZE 4096ul
#define FRAME_NONE (~0ul) /* not a possible address, because it is not aligned */

struct frame_chunk {
    uint32_t free; /* how many of its frames are free */
    bool has_bits; /* false: all of its frames are free, or none are; no bitmap */
};

struct frame_pool {
    uint64_t *bitmap;
    struct frame_chunk *chunks;
    uint64_t frames;       /* covered by the bitmap: 0 to frames - 1 */
    uint64_t usable, free; /* all frames that were ever added; those that are free now */
    uint64_t lowest_free;  /* the lowest value of `free` so far: the high-water mark of use */
    uint64_t hint;         /* the chunk where the last frame was found */
};

/* Bytes of working memory for all frames below physical `end`. */
size_t frame_pool_bytes(uint64_t end);

/* An empty pool for the frames below `end`, in `memory` (frame_pool_bytes(), 8-byte aligned). */
void frame_pool_start(struct frame_pool *pool, uint64_t end, void *memory);

/* Makes the whole frames of [base, base + bytes) free.  They must not be free yet. */
void frame_pool_add(struct frame_pool *pool, uint64_t base, uint64_t bytes);

/*
 * Allocates `count` adjacent frames; the first one's address is a multiple of
 * `align` (bytes, a power of two, at least FRAME_SIZE).  Searches from 1 MiB
 * up, and below it only if there is no such run: low memory is scarce.
 * FRAME_NONE if there is no such run, or if count is 0.
 */
uint64_t frame_pool_allocate(struct frame_pool *pool, uint64_t count, uint64_t align);

/*
 * Frees frames.  False, with nothing changed, if one of them is free already or
 * beyond the end.  A frame that was never added looks like one in use: the
 * caller has to know the map.
 */
bool frame_pool_free(struct frame_pool *pool, uint64_t address, uint64_t count)
    __attribute__((warn_unused_result));

/* The length of the longest free run, in frames. */
uint64_t frame_pool_longest_run(const struct frame_pool *pool);

#endif
