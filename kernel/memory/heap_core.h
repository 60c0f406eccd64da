/*
 * heap_core.h - memory of any size out of regions, with neighbours merged.
 *
 * Regions come from the caller's grow(); each is one chain of blocks.  Free
 * blocks are in lists by the power of two of their size.
 *
 *   steps     allocate: at most FIT_TRIES blocks of the same size class, then one
 *             check of each larger class (48); free: at most two merges.  Filling with
 *             poison and checking it takes one more step per byte
 *   overhead  64 to 79 bytes per block: header of 48, and a redzone of 16 to 31
 *   waste     a block is split if at least 128 bytes are left over; because only
 *             some blocks of the same class are tried, up to half of a free block's
 *             size may be ignored in favour of a larger block
 *
 * Misuse ends in fail(): double free, wild free, overrun, and writes after a free,
 * which are detected when the block is allocated again or by heap_core_check().
 *
 * Pure: the kernel's heap.c and the host's tests supply memory and fail().
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_HEAP_CORE_H
#define FIRSTLIGHT_KERNEL_MEMORY_HEAP_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAP_ALIGN 16u /* of every allocation */
#define HEAP_CLASSES 48u
#define HEAP_KEPT_BYTES 65536u /* the last region is kept for the next call if it is no larger */

/* The calling code, for messages. */
struct heap_caller {
    const char *file;
    int line;
};

struct heap_block; /* heap_core.c */

struct heap_region {
    struct heap_region *next, *previous;
    size_t bytes; /* of all of it, including this header */
};

struct heap_counts {
    size_t regions, region_bytes; /* from grow() */
    size_t blocks, bytes;         /* in use, and the bytes requested for them */
    size_t most_bytes;            /* the highest value of `bytes` so far */
};

struct heap_core {
    struct heap_block *free[HEAP_CLASSES];
    struct heap_region *regions;
    struct heap_counts counts;
    /* `bytes` or more, 16-byte aligned; sets *got.  NULL if there is no memory. */
    void *(*grow)(size_t bytes, size_t *got);
    void (*shrink)(void *region, size_t bytes);
    /* `what` went wrong at `block` (the caller's address); never returns. */
    void (*fail)(const char *what, const void *block, struct heap_caller allocated,
                 struct heap_caller freed, struct heap_caller now);
};

/* `align` is a power of two.  NULL if there is no memory; 0 bytes are a block like any other. */
void *heap_core_allocate(struct heap_core *heap, size_t bytes, size_t align,
                         struct heap_caller caller);

/* Does nothing for NULL. */
void heap_core_free(struct heap_core *heap, void *pointer, struct heap_caller caller);

/* The number of bytes requested for the allocation; fails if `pointer` is not one. */
size_t heap_core_size(struct heap_core *heap, const void *pointer, struct heap_caller caller);

/* Checks every block: headers, redzones, poison.  Returns the number of blocks. */
size_t heap_core_check(struct heap_core *heap, struct heap_caller caller);

#endif
