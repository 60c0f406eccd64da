/*
 * fuzz_heap.c - any sequence of calls of the heap, its blocks checked after each.
 *
 * Three bytes for each call: what, which block, how large.  Every block holds a pattern
 * of its own; ASan watches the edges of the regions.
 */
#include <stdlib.h>
#include <string.h>

#include "kernel/memory/heap_core.h"

#define SLOTS 16u
#define HERE ((struct heap_caller){__FILE__, __LINE__})

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *grow(size_t bytes, size_t *got)
{
    *got = bytes < HEAP_KEPT_BYTES / 16 ? HEAP_KEPT_BYTES / 16 : (bytes + 15) / 16 * 16;
    return *got > 1u << 20 ? NULL : aligned_alloc(16, *got);
}

static void shrink(void *region, size_t bytes)
{
    (void)bytes;
    free(region);
}

static void fail(const char *what, const void *block, struct heap_caller allocated,
                 struct heap_caller freed, struct heap_caller now)
{
    (void)what, (void)block, (void)allocated, (void)freed, (void)now;
    abort(); /* no call is a misuse */
}

static struct slot {
    uint8_t *memory;
    size_t bytes;
} slots[SLOTS];

static void release(struct heap_core *heap, unsigned n)
{
    for (size_t i = 0; i < slots[n].bytes; i++)
        if (slots[n].memory[i] != n)
            abort();
    heap_core_free(heap, slots[n].memory, HERE);
    slots[n] = (struct slot){NULL, 0};
}

static void call(struct heap_core *heap, const uint8_t *data)
{
    unsigned n = data[1] % SLOTS;
    size_t bytes = (size_t)data[2] << (data[0] >> 2 & 3), align = (size_t)16 << (data[0] >> 5);

    if (slots[n].memory != NULL)
        release(heap, n);
    if ((data[0] & 3) == 0)
        return;
    slots[n].memory = heap_core_allocate(heap, bytes, align, HERE);
    if (slots[n].memory == NULL)
        return;
    if ((uintptr_t)slots[n].memory % align != 0)
        abort();
    slots[n].bytes = bytes;
    memset(slots[n].memory, (int)n, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heap_core heap = {.grow = grow, .shrink = shrink, .fail = fail};

    for (; size >= 3; data += 3, size -= 3) {
        call(&heap, data);
        if (size % 8 == 0)
            heap_core_check(&heap, HERE);
    }
    for (unsigned n = 0; n < SLOTS; n++)
        if (slots[n].memory != NULL)
            release(&heap, n);
    heap_core_check(&heap, HERE);
    if (heap.counts.blocks != 0 || heap.counts.bytes != 0 || heap.counts.regions > 1)
        abort(); /* all were freed, and every region but one was returned */
    if (heap.regions != NULL)
        free(heap.regions);
    return 0;
}
