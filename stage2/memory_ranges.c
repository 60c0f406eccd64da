/*
 * memory_ranges.c - cleans up the firmware's memory map.
 *
 * Real maps are unsorted and have overlapping, repeated and empty ranges,
 * ranges that wrap around 2^64, and undefined types.  The method needs no
 * special cases: walk along the edges of all ranges in the order of their
 * addresses, count how many ranges of each type are open, and give each piece
 * between two edges the strictest of these types.  ACPI 6.x, 15 (system address
 * map interfaces).
 */
#include "stage2/memory_ranges.h"

#include <stddef.h>

#include "layout.h"
#include "lib/units.h"

#define EBDA_LOWEST_SEGMENT 0x8000u /* a lower segment is junk, not an EBDA */

/* The types by rank, each stricter than the one before.  Rank 0: no range covers the piece. */
static const uint32_t types[] = {
    0,
    MEMORY_USABLE,
    MEMORY_LOADER,
    MEMORY_KERNEL,
    MEMORY_ACPI_RECLAIMABLE,
    MEMORY_ACPI_NVS,
    MEMORY_RESERVED,
    MEMORY_BAD,
};

#define RANKS (sizeof types / sizeof types[0])
#define RESERVED_RANK (RANKS - 2)

_Static_assert(MEMORY_USABLE != 0, "no type is the one of rank 0");

/* Unknown types are treated as reserved. */
static uint32_t rank_of(uint32_t type)
{
    for (uint32_t rank = 1; rank < RANKS; rank++)
        if (types[rank] == type)
            return rank;
    return RESERVED_RANK;
}

/* A range that wraps is an error in the firmware's arithmetic. */
static bool is_sane(const struct memory_range *r)
{
    return r->length != 0 && r->base + r->length > r->base;
}

static unsigned collect_edges(const struct memory_range *raw, unsigned n, struct memory_edge *edges)
{
    unsigned count = 0;

    for (unsigned i = 0; i < n; i++) {
        if (is_sane(&raw[i])) {
            uint32_t rank = rank_of(raw[i].type);

            edges[count++] = (struct memory_edge){raw[i].base, rank, 1};
            edges[count++] = (struct memory_edge){raw[i].base + raw[i].length, rank, -1};
        }
    }
    return count;
}

/* Shell sort: no more code than insertion sort, and fast on lists in any order. */
static void sort_edges(struct memory_edge *edges, unsigned n)
{
    unsigned gap = 1;

    while (gap < n / 3)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3) {
        for (unsigned i = gap; i < n; i++) {
            struct memory_edge edge = edges[i];
            unsigned at = i;

            for (; at >= gap && edges[at - gap].address > edge.address; at -= gap)
                edges[at] = edges[at - gap];
            edges[at] = edge;
        }
    }
}

static uint32_t strictest(const unsigned *open)
{
    uint32_t rank = RANKS - 1;

    while (rank > 0 && open[rank] == 0)
        rank--;
    return rank;
}

/* Extends the last range, if it has the same type and ends here.  False if there is no room. */
static bool append(struct memory_range *map, unsigned *count, unsigned room, uint64_t base,
                   uint64_t length, uint32_t type)
{
    struct memory_range *last = *count > 0 ? &map[*count - 1] : NULL;

    if (last != NULL && last->type == type && last->base + last->length == base) {
        last->length += length;
        return true;
    }
    if (*count == room)
        return false;
    map[(*count)++] = (struct memory_range){base, length, type, 1};
    return true;
}

int memory_ranges_sanitise(const struct memory_range *raw, unsigned n, struct memory_range *map,
                           unsigned room, struct memory_edge *edges)
{
    unsigned open[RANKS] = {0}; /* how many ranges of each rank cover the piece */
    unsigned edge_count = collect_edges(raw, n, edges);
    unsigned count = 0;

    sort_edges(edges, edge_count);
    for (unsigned i = 0; i + 1 < edge_count; i++) {
        uint64_t base = edges[i].address, length = edges[i + 1].address - base;
        uint32_t rank;

        open[edges[i].rank] += (unsigned)edges[i].change;
        rank = strictest(open);
        if (length > 0 && rank > 0 && !append(map, &count, room, base, length, types[rank]))
            return -1;
    }
    return (int)count;
}

bool memory_ranges_are_usable(const struct memory_range *map, unsigned n, uint64_t base,
                              uint64_t length)
{
    for (unsigned i = 0; i < n; i++) {
        if (map[i].type == MEMORY_USABLE && map[i].base <= base &&
            base - map[i].base < map[i].length)
            return length <= map[i].length - (base - map[i].base);
    }
    return false;
}

uint64_t memory_ranges_sum(const struct memory_range *map, unsigned n, uint32_t type)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < n; i++)
        if (map[i].type == type)
            sum += map[i].length;
    return sum;
}

/* The end of the usable range that contains the loader, or 0 if the map has a hole there. */
static uint64_t end_of_our_range(const struct memory_range *map, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (map[i].type == MEMORY_USABLE && map[i].base <= MBR_ADDRESS &&
            MBR_ADDRESS - map[i].base < map[i].length)
            return map[i].base + map[i].length;
    return 0;
}

uint32_t memory_ranges_low_limit(const struct memory_range *map, unsigned n, uint16_t int12_kib,
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
