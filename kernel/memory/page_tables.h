/*
 * page_tables.h - 4-level page tables: map, unmap, protect, translate.
 *
 * Pure: frames, their place in memory and INVLPG are supplied by the caller, so
 * the host's tests run the same code.  Addresses and sizes are multiples of 4
 * KiB; virtual addresses are canonical.  Tables are made as needed and never
 * freed.  Intel SDM 3A, 4.5; the bits' names are those of register_bits.def.
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_PAGE_TABLES_H
#define FIRSTLIGHT_KERNEL_MEMORY_PAGE_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_SIZE_4K 0x1000ul
#define PAGE_SIZE_2M 0x200000ul
#define PAGE_SIZE_1G 0x40000000ul

#define PAGE_P (1ul << 0)
#define PAGE_RW (1ul << 1)
#define PAGE_PS (1ul << 7)
#define PAGE_G (1ul << 8)
#define PAGE_NX (1ul << 63)
#define PAGE_ADDRESS 0x000ffffffffff000ul

/* What a mapping allows; reading is always allowed. */
enum page_access {
    PAGE_READ = 0,
    PAGE_WRITE = 1,
    PAGE_EXECUTE = 2,
};

enum page_result {
    PAGE_OK,
    PAGE_TAKEN,    /* cannot map: something in it is mapped already */
    PAGE_MISSING,  /* cannot change: not all of it is mapped */
    PAGE_NO_FRAME, /* no memory for another table */
};

struct page_tables {
    uint64_t root;    /* physical address of the PML4, which is one zeroed frame at first */
    uint64_t largest; /* PAGE_SIZE_1G, or PAGE_SIZE_2M if the CPU has no larger ones */
    bool has_nx;      /* without NX everything is executable */
    uint64_t (*allocate_frame)(void);     /* a physical address, or FRAME_NONE */
    void *(*pointer)(uint64_t physical);  /* where a table can be read and written */
    void (*invalidate)(uint64_t address); /* INVLPG */
};

/* Maps with the largest pages that fit.  On failure nothing stays mapped. */
enum page_result page_tables_map(const struct page_tables *tables, uint64_t address,
                                 uint64_t physical, uint64_t bytes, enum page_access access)
    __attribute__((warn_unused_result));

/* Large pages that are only partly affected are split first. */
enum page_result page_tables_unmap(const struct page_tables *tables, uint64_t address,
                                   uint64_t bytes) __attribute__((warn_unused_result));
enum page_result page_tables_protect(const struct page_tables *tables, uint64_t address,
                                     uint64_t bytes, enum page_access access)
    __attribute__((warn_unused_result));

struct page_mapping {
    uint64_t physical; /* of the given address */
    uint64_t size;     /* of the page that contains it */
    uint64_t entry;    /* the leaf entry itself */
};

/* Translates `address`; false if it is not mapped. */
bool page_tables_translate(const struct page_tables *tables, uint64_t address,
                           struct page_mapping *mapping) __attribute__((warn_unused_result));

#endif
