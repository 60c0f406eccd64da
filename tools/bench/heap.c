/*
 * heap.c - what the kernel's heap costs: the same random calls as a kernel
 * would make, compared with the C library's malloc in the same run.
 *
 * The heap fills and checks every byte that is allocated or freed, so it is
 * measured with these checks on, as in the kernel.  Times are ratios within one
 * run; overhead and waste are exact and the same on every machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernel/memory/heap_core.h"

#define CALLS 400000u
#define HELD 1000u
#define HERE ((struct heap_caller){__FILE__, __LINE__})

static void *grow(size_t bytes, size_t *got)
{
    *got = bytes < HEAP_KEPT_BYTES ? HEAP_KEPT_BYTES : (bytes + 4095) / 4096 * 4096;
    return aligned_alloc(4096, *got);
}

static void shrink(void *region, size_t bytes)
{
    (void)bytes;
    free(region);
}

static void fail(const char *what, const void *block, struct heap_caller allocated,
                 struct heap_caller freed, struct heap_caller now)
{
    (void)block, (void)allocated, (void)freed, (void)now;
    fprintf(stderr, "heap: a block %s\n", what);
    exit(1);
}

static struct heap_core heap = {.grow = grow, .shrink = shrink, .fail = fail};

static void *take_ours(size_t bytes)
{
    return heap_core_allocate(&heap, bytes, HEAP_ALIGN, HERE);
}

static void give_ours(void *pointer)
{
    heap_core_free(&heap, pointer, HERE);
}

/* Nine small blocks for each one of up to 16 KiB; the same sequence for both. */
static double run(void *(*take)(size_t), void (*give)(void *), size_t *most_region_bytes)
{
    static void *held[HELD];
    struct timespec start, end;

    srand(1);
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (unsigned i = 0; i < CALLS; i++) {
        unsigned n = (unsigned)rand() % HELD;
        size_t bytes = (size_t)rand() % (rand() % 10 ? 256 : 16384);

        if (held[n] != NULL)
            give(held[n]);
        held[n] = held[n] != NULL ? NULL : take(bytes);
        if (heap.counts.region_bytes > *most_region_bytes)
            *most_region_bytes = heap.counts.region_bytes;
    }
    for (unsigned n = 0; n < HELD; n++) {
        give(held[n]);
        held[n] = NULL;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
}

int main(void)
{
    size_t most = 0, none = 0;
    double ours = run(take_ours, give_ours, &most);
    double theirs = run(malloc, free, &none);

    printf("Heap: %u calls, at most %zu bytes requested at once in %zu bytes of frames (%.2f x);\n"
           "      %.0f ns a call with poison and redzones, %.1f x the C library's malloc\n", CALLS,
           heap.counts.most_bytes, most, (double)most / (double)heap.counts.most_bytes,
           ours / CALLS * 1e9, ours / theirs);
    return 0;
}
