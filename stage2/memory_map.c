/*
 * memory_map.c - sorts out the firmware's memory map.
 *
 * Real maps overlap, repeat themselves, come unsorted, hold empty ranges and
 * ones that wrap around 2^64, and types nobody has defined.  The way here has
 * no special cases: cut the address space at every edge of every range, ask
 * of each piece which is the strictest type that covers it, merge.
 * ACPI 6.x, 15 (system address map interfaces).
 */
#include "stage2/memory_map.h"

#include <stddef.h>

#include "layout.h"

#define KIB 1024u
#define EBDA_LOWEST_SEGMENT 0x8000u /* what stands below is junk, not an EBDA */

/* How strict a type is; unknown ones are as good as reserved. */
static unsigned strictness(uint32_t type)
{
    switch (type) {
    case MEMORY_USABLE:
        return 1;
    case MEMORY_LOADER:
        return 2;
    case MEMORY_KERNEL:
        return 3;
    case MEMORY_ACPI_RECLAIMABLE:
        return 4;
    case MEMORY_ACPI_NVS:
        return 5;
    case MEMORY_BAD:
        return 7;
    default:
        return 6;
    }
}

static uint32_t known_type(uint32_t type)
{
    return strictness(type) == 6 ? MEMORY_RESERVED : type;
}

/* A range that wraps can't be meant: the firmware's arithmetic went wrong. */
static bool is_sane(const struct memory_range *r)
{
    return r->length != 0 && r->base + r->length > r->base;
}

/* Insertion sort, without repeats: firmware lists are short and nearly sorted. */
static unsigned insert_edge(uint64_t *edges, unsigned n, uint64_t edge)
{
    unsigned at = n;

    while (at > 0 && edges[at - 1] > edge)
        at--;
    if (at > 0 && edges[at - 1] == edge)
        return n;
    for (unsigned i = n; i > at; i--)
        edges[i] = edges[i - 1];
    edges[at] = edge;
    return n + 1;
}

static unsigned collect_edges(const struct memory_range *raw, unsigned n, uint64_t *edges)
{
    unsigned count = 0;

    for (unsigned i = 0; i < n; i++) {
        if (is_sane(&raw[i])) {
            count = insert_edge(edges, count, raw[i].base);
            count = insert_edge(edges, count, raw[i].base + raw[i].length);
        }
    }
    return count;
}

/* The strictest range that covers the piece starting at `start`, or NULL. */
static const struct memory_range *strictest(const struct memory_range *raw, unsigned n,
                                            uint64_t start)
{
    const struct memory_range *found = NULL;

    for (unsigned i = 0; i < n; i++) {
        if (is_sane(&raw[i]) && raw[i].base <= start && start - raw[i].base < raw[i].length &&
            (found == NULL || strictness(raw[i].type) > strictness(found->type)))
            found = &raw[i];
    }
    return found;
}

int memory_map_sanitise(const struct memory_range *raw, unsigned n, struct memory_range *map,
                        unsigned room, uint64_t *edges)
{
    unsigned edge_count = collect_edges(raw, n, edges);
    unsigned count = 0;

    for (unsigned i = 0; i + 1 < edge_count; i++) {
        const struct memory_range *r = strictest(raw, n, edges[i]);
        uint64_t length = edges[i + 1] - edges[i];
        struct memory_range *last = count > 0 ? &map[count - 1] : NULL;

        if (r == NULL)
            continue;
        if (last != NULL && last->type == known_type(r->type) &&
            last->base + last->length == edges[i]) {
            last->length += length;
            continue;
        }
        if (count == room)
            return -1;
        map[count++] = (struct memory_range){ edges[i], length, known_type(r->type), 1 };
    }
    return (int)count;
}

bool memory_map_is_usable(const struct memory_range *map, unsigned n, uint64_t base,
                          uint64_t length)
{
    for (unsigned i = 0; i < n; i++) {
        if (map[i].type == MEMORY_USABLE && map[i].base <= base &&
            base - map[i].base < map[i].length)
            return length <= map[i].length - (base - map[i].base);
    }
    return false;
}

uint64_t memory_map_sum(const struct memory_range *map, unsigned n, uint32_t type)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < n; i++)
        if (map[i].type == type)
            sum += map[i].length;
    return sum;
}

/* The end of the usable range that we run in, or 0 if the map has a hole there. */
static uint64_t end_of_our_range(const struct memory_range *map, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (map[i].type == MEMORY_USABLE && map[i].base <= MBR_ADDRESS &&
            MBR_ADDRESS - map[i].base < map[i].length)
            return map[i].base + map[i].length;
    return 0;
}

uint32_t memory_low_limit(const struct memory_range *map, unsigned n, uint16_t int12_kib,
                          uint16_t ebda_segment)
{
    uint64_t candidates[3] = {
        int12_kib * KIB,
        ebda_segment >= EBDA_LOWEST_SEGMENT ? ebda_segment * 16u : 0,
        end_of_our_range(map, n),
    };
    uint32_t limit = 640 * KIB;

    for (unsigned i = 0; i < 3; i++)
        if (candidates[i] >= 64 * KIB && candidates[i] < limit)
            limit = (uint32_t)candidates[i];
    return limit;
}
