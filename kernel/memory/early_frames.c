/*
 * early_frames.c - one range of memory, allocated from its start.
 */
#include "kernel/memory/internal/early_frames.h"

#include "kernel/memory/frame_pool.h"
#include "kernel/panic/panic.h"
#include "layout.h"

#define LOW_END 0x100000u /* below 1 MiB memory is scarce and has holes */

static uint64_t first, next, end;

static uint64_t frame_up(uint64_t address)
{
    return (address + FRAME_SIZE - 1) / FRAME_SIZE * FRAME_SIZE;
}

void early_frames_start(const struct memory_range *map, uint32_t entries)
{
    first = next = end = 0;
    for (uint32_t i = 0; i < entries; i++) {
        uint64_t from = frame_up(map[i].base < LOW_END ? LOW_END : map[i].base);
        uint64_t to = map[i].base + map[i].length;

        if (to > KERNEL_BASE_SIZE)
            to = KERNEL_BASE_SIZE;
        to -= to % FRAME_SIZE;
        if (map[i].type == MEMORY_USABLE && to > from && to - from > end - first) {
            first = next = from;
            end = to;
        }
    }
}

uint64_t early_frames_allocate(uint64_t count)
{
    uint64_t taken = next;

    if (count > (end - next) / FRAME_SIZE)
        panic("memory: no room for %lu KiB of page tables and the like; the largest free range "
              "has %lu KiB, %lu of them in use",
              count * (FRAME_SIZE / 1024), (end - first) / 1024, (next - first) / 1024);
    next += count * FRAME_SIZE;
    return taken;
}

void early_frames_allocated(uint64_t *base, uint64_t *bytes)
{
    *base = first;
    *bytes = next - first;
}
