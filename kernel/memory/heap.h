/*
 * heap.h - memory of any size for the kernel: kmalloc and its relatives.
 *
 * The kernel itself works in tables of fixed size and never calls it: the heap is for code
 * that is put on top.  The command `mem` shows its counts, `crash` misuses it on purpose, and
 * tests/kernel/test_heap.c tests it.
 *
 * heap_core.h describes design and bounds.  Regions are runs of frames in the
 * direct map.  Every function returns NULL if there is no memory; misuse
 * (double or wild free, overrun, a write after a free) ends in a panic that
 * names the callers by file and line.  Not for interrupt handlers.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_HEAP_H
#define FIRSTLIGHT_KERNEL_MEMORY_HEAP_H

#include <stddef.h>

#include "kernel/memory/heap_core.h"

#define HEAP_HERE ((struct heap_caller){__FILE__, __LINE__})

/* New memory is filled with POISON_NEW, not with zeros, and 16-byte aligned. */
#define kmalloc(bytes) heap_allocate(bytes, HEAP_ALIGN, HEAP_HERE)
/* `align` is a power of two. */
#define kmalloc_aligned(bytes, align) heap_allocate(bytes, align, HEAP_HERE)
/* count * bytes zeros; also NULL if the product is too large. */
#define kcalloc(count, bytes) heap_allocate_zeros(count, bytes, HEAP_HERE)
/* The same bytes in a block of another size; on NULL the old block is unchanged. */
#define krealloc(pointer, bytes) heap_resize(pointer, bytes, HEAP_HERE)
/* Does nothing for NULL. */
#define kfree(pointer) heap_free(pointer, HEAP_HERE)
/* Checks every block; panics if one is damaged.  Returns the number of blocks. */
#define kheap_check() heap_check(HEAP_HERE)

void *heap_allocate(size_t bytes, size_t align, struct heap_caller caller);
void *heap_allocate_zeros(size_t count, size_t bytes, struct heap_caller caller);
void *heap_resize(void *pointer, size_t bytes, struct heap_caller caller);
void heap_free(void *pointer, struct heap_caller caller);
size_t heap_check(struct heap_caller caller);

struct heap_counts heap_count(void);

#endif
