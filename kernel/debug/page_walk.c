/*
 * page_walk.c - follows the page tables for reports and the shell.
 */
#include "kernel/debug/page_walk.h"

#define PRESENT (1ull << 0)
#define PAGE_SIZE_BIT (1ull << 7) /* in a PDPT's or PD's entry: a page, not a table */
#define ADDRESS 0x000ffffffffff000ull
#define INDEX_BITS 9
#define OFFSET_BITS 12

static const char *const tables[PAGE_WALK_LEVELS] = {"PML4", "PDPT", "PD", "PT"};

/* How many bits of the address are left to the levels below `level`. */
static unsigned bits_below(unsigned level)
{
    return OFFSET_BITS + INDEX_BITS * (PAGE_WALK_LEVELS - 1 - level);
}

static bool is_page(unsigned level, uint64_t entry)
{
    bool may_be_large = level == 1 || level == 2;

    return level == PAGE_WALK_LEVELS - 1 || (may_be_large && entry & PAGE_SIZE_BIT);
}

struct page_walk page_walk(uint64_t cr3, uint64_t address, physical_reader *read)
{
    struct page_walk walk = {0};
    uint64_t table = cr3 & ADDRESS;

    for (unsigned level = 0; level < PAGE_WALK_LEVELS; level++) {
        struct page_walk_step *step = &walk.steps[walk.count++];

        step->table = tables[level];
        step->index = address >> bits_below(level) & ((1u << INDEX_BITS) - 1);
        step->readable = read(table + 8 * step->index, &step->entry);
        if (!step->readable || !(step->entry & PRESENT))
            return walk;
        if (is_page(level, step->entry)) {
            walk.mapped = true;
            walk.page_bytes = 1ull << bits_below(level);
            walk.physical = (step->entry & ADDRESS & ~(walk.page_bytes - 1)) |
                            (address & (walk.page_bytes - 1));
            return walk;
        }
        table = step->entry & ADDRESS;
    }
    return walk;
}
