/*
 * page_walk.h - translates a virtual address level by level, as the CPU does
 * (Intel SDM 3A, 4.5; 4-level paging).
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_PAGE_WALK_H
#define FIRSTLIGHT_KERNEL_DEBUG_PAGE_WALK_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_WALK_LEVELS 4

/* Reads 8 bytes of physical memory; false if they cannot be reached. */
typedef bool physical_reader(uint64_t physical, uint64_t *value);

struct page_walk_step {
    const char *table; /* "PML4", "PDPT", "PD", "PT" */
    unsigned index;    /* 0 to 511 */
    uint64_t entry;
    bool readable; /* false: the table cannot be reached, and entry is 0 */
};

struct page_walk {
    unsigned count; /* of the steps taken: up to the page, or to the entry that is not present */
    struct page_walk_step steps[PAGE_WALK_LEVELS];
    bool mapped;
    uint64_t physical;   /* of the address; valid if mapped */
    uint64_t page_bytes; /* 4 KiB, 2 MiB or 1 GiB; valid if mapped */
};

/* Walks the tables at `cr3` (its low 12 bits are ignored) for a canonical address. */
struct page_walk page_walk(uint64_t cr3, uint64_t address, physical_reader *read);

#endif
