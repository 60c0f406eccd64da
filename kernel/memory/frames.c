/*
 * frames.c - this machine's frame pool: filled from the loader's map.
 *
 * memory.c starts it; the heap and the page tables allocate frames from it.
 */
#include "kernel/memory/frames.h"

#include <stdbool.h>

#include "kernel/memory/internal/early_frames.h"
#include "kernel/memory/physical.h"
#include "kernel/panic/panic.h"

/* BIOS data, flight recorder, boot info, memory map: panics and reboots need them. */
#define KEPT_END (MEMORY_MAP_ADDRESS + MEMORY_MAP_MAX * sizeof(struct memory_range))

static struct frame_pool pool;
static const struct memory_range *map;
static uint32_t map_entries;

static bool is_ours(uint32_t type)
{
    return type == MEMORY_USABLE || type == MEMORY_LOADER;
}

static uint64_t end_of_ram(void)
{
    uint64_t end = 0;

    for (uint32_t i = 0; i < map_entries; i++)
        if (is_ours(map[i].type))
            end = map[i].base + map[i].length; /* sorted, so the last one remains */
    return end;
}

/* Adds [base, end) except for the part that early_frames.c has allocated. */
static void add_but_early(uint64_t base, uint64_t end)
{
    uint64_t early, early_bytes;

    early_frames_allocated(&early, &early_bytes);
    if (early >= base && early < end) {
        frame_pool_add(&pool, base, early - base);
        base = early + early_bytes;
    }
    frame_pool_add(&pool, base, end - base);
}

static void add_ranges(void)
{
    for (uint32_t i = 0; i < map_entries; i++) {
        uint64_t base = map[i].base, end = base + map[i].length;

        if (base < KEPT_END)
            base = KEPT_END;
        if (is_ours(map[i].type) && base < end)
            add_but_early(base, end);
    }
}

void frames_start(const struct boot_info *info)
{
    uint64_t end, bytes, memory;

    map = physical_pointer(info->memory_map);
    map_entries = info->memory_map_entries;
    end = end_of_ram();
    bytes = frame_pool_bytes(end);
    memory = early_frames_allocate((bytes + FRAME_SIZE - 1) / FRAME_SIZE);
    frame_pool_start(&pool, end, physical_pointer(memory));
    add_ranges();
}

uint64_t frame_allocate(void)
{
    return frame_pool_allocate(&pool, 1, FRAME_SIZE);
}

uint64_t frame_allocate_run(uint64_t count, uint64_t align)
{
    return frame_pool_allocate(&pool, count, align);
}

/* True if one range of the map contains all of it. */
static bool is_ram(uint64_t address, uint64_t bytes)
{
    for (uint32_t i = 0; i < map_entries; i++)
        if (is_ours(map[i].type) && address >= map[i].base && bytes <= map[i].length &&
            address - map[i].base <= map[i].length - bytes)
            return true;
    return false;
}

void frame_free_at(const char *file, int line, uint64_t address, uint64_t count)
{
    if (!is_ram(address, count * FRAME_SIZE))
        panic("frames: 0x%lx, %lu frames, freed at %s:%d, is not RAM that we manage", address,
              count, file, line);
    if (!frame_pool_free(&pool, address, count))
        panic("frames: 0x%lx, %lu frames, freed at %s:%d, is already free", address, count, file,
              line);
}

struct frame_counts frames_count(void)
{
    return (struct frame_counts){
        .usable = pool.usable,
        .free = pool.free,
        .most_used = pool.usable - pool.lowest_free,
        .longest_run = frame_pool_longest_run(&pool),
    };
}

uint64_t frames_free_bytes(void)
{
    return pool.free * FRAME_SIZE;
}

uint64_t frames_usable_bytes(void)
{
    return pool.usable * FRAME_SIZE;
}
