/*
 * heap.c - the kernel's heap: heap_core.c on frames, with panics.
 */
#include "kernel/memory/heap.h"

#include "kernel/memory/frames.h"
#include "kernel/memory/physical.h"
#include "kernel/panic/panic.h"
#include "lib/format.h"
#include "lib/string.h"

#define REGION_FRAMES (HEAP_KEPT_BYTES / FRAME_SIZE) /* or as much as one block needs */

static void *grow(size_t bytes, size_t *got)
{
    uint64_t count = (bytes + FRAME_SIZE - 1) / FRAME_SIZE;
    uint64_t address;

    if (count < REGION_FRAMES)
        count = REGION_FRAMES;
    address = frame_allocate_run(count, FRAME_SIZE);
    if (address == FRAME_NONE)
        return NULL;
    *got = count * FRAME_SIZE;
    return physical_pointer(address);
}

static void shrink(void *region, size_t bytes)
{
    frame_free_run((uint64_t)region - physical_base, bytes / FRAME_SIZE);
}

/* Appends ", WHAT at FILE:LINE", or nothing. */
static size_t add_caller(char *text, size_t size, const char *what, struct heap_caller caller)
{
    return caller.file == NULL
               ? 0
               : format_string(text, size, ", %s at %s:%d", what, caller.file, caller.line);
}

static void fail(const char *what, const void *block, struct heap_caller allocated,
                 struct heap_caller freed, struct heap_caller now)
{
    char callers[160] = "";
    size_t length = add_caller(callers, sizeof callers, "allocated", allocated);

    (void)block; /* it is in RDI, RSI or the backtrace; the callers are more useful */
    add_caller(callers + length, sizeof callers - length, "freed", freed);
    panic("heap: a block %s%s; seen at %s:%d", what, callers, now.file, now.line);
}

static struct heap_core heap = {.grow = grow, .shrink = shrink, .fail = fail};

void *heap_allocate(size_t bytes, size_t align, struct heap_caller caller)
{
    return heap_core_allocate(&heap, bytes, align, caller);
}

void *heap_allocate_zeros(size_t count, size_t bytes, struct heap_caller caller)
{
    size_t product;
    void *memory;

    if (__builtin_mul_overflow(count, bytes, &product))
        return NULL;
    memory = heap_core_allocate(&heap, product, HEAP_ALIGN, caller);
    if (memory != NULL)
        memset(memory, 0, product);
    return memory;
}

void *heap_resize(void *pointer, size_t bytes, struct heap_caller caller)
{
    size_t old = pointer == NULL ? 0 : heap_core_size(&heap, pointer, caller);
    void *memory = heap_core_allocate(&heap, bytes, HEAP_ALIGN, caller);

    if (memory == NULL)
        return NULL;
    if (pointer != NULL)
        memcpy(memory, pointer, old < bytes ? old : bytes);
    heap_core_free(&heap, pointer, caller);
    return memory;
}

void heap_free(void *pointer, struct heap_caller caller)
{
    heap_core_free(&heap, pointer, caller);
}

size_t heap_check(struct heap_caller caller)
{
    return heap_core_check(&heap, caller);
}

struct heap_counts heap_count(void)
{
    return heap.counts;
}
