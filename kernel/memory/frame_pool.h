/*
 * frame_pool.h - which 4 KiB frames of physical memory are free: a bitmap.
 *
 * One bit a frame, 1 = free, for all frames up to the end of RAM: 4 KiB of
 * bitmap for each 128 MiB, 8 MiB for 256 GiB.  Frames are counted by chunks
 * of 128 MiB as well, so that a search skips what is full.  Most chunks are
 * wholly RAM or wholly not: their counts say all, and their part of the bitmap
 * is only written when some of their frames are taken.  The start therefore
 * takes a step a chunk, not one for 64 frames.
 *
 * Bounds: a single frame is found in at most chunks + 512 steps (a step looks
 * at 64 frames), nearly always in one; a run in as many steps as there are
 * words in the bitmap, at worst; freeing takes one step for 64 frames.  The
 * first frame taken from a chunk takes 512 steps more.
 *
 * Pure: works on memory that the caller gives, on the host as in the kernel.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_FRAME_POOL_H
#define FIRSTLIGHT_KERNEL_MEMORY_FRAME_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_SIZE 4096ul
#define FRAME_NONE (~0ul) /* no physical address: it is not aligned */

struct frame_chunk {
    uint32_t free;          /* how many of its frames are */
    bool has_bits;          /* false: all of them are free, or none, and the bitmap does not say */
};

struct frame_pool {
    uint64_t *bitmap;
    struct frame_chunk *chunks;
    uint64_t frames;        /* those that the bitmap covers: 0 to frames - 1 */
    uint64_t usable, free;  /* all that were ever added; those that are free now */
    uint64_t lowest_free;   /* the least that `free` has been: the high-water mark of use */
    uint64_t hint;          /* the chunk where a frame was found last */
};

/* Bytes of working memory for all frames below physical `end`. */
size_t frame_pool_bytes(uint64_t end);

/* An empty pool for the frames below `end`, in `memory` (frame_pool_bytes(), 8-byte aligned). */
void frame_pool_start(struct frame_pool *pool, uint64_t end, void *memory);

/* Makes the whole frames of [base, base + bytes) free.  They must not be free yet. */
void frame_pool_add(struct frame_pool *pool, uint64_t base, uint64_t bytes);

/*
 * Takes `count` adjacent frames; the first one's address is a multiple of
 * `align` (bytes, a power of two from FRAME_SIZE on).  Runs are looked for from
 * 1 MiB up, and below only if there are none: low memory is scarce.
 * FRAME_NONE if there is no such run, or count is 0.
 */
uint64_t frame_pool_take(struct frame_pool *pool, uint64_t count, uint64_t align);

/*
 * Gives them back.  False, with nothing changed, if one of them is free or lies
 * beyond the end.  What was never added looks like what is in use: the caller
 * has to know the map.
 */
bool frame_pool_give(struct frame_pool *pool, uint64_t address, uint64_t count)
    __attribute__((warn_unused_result));

/* Frames of the longest free run. */
uint64_t frame_pool_longest_run(const struct frame_pool *pool);

#endif
