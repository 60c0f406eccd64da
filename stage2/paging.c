/*
 * paging.c - seven pages of tables, the same for every machine.
 *
 * PML4 -> two PDPTs (low and high) -> four page directories.  Both PDPTs
 * share the first two directories, so the high mapping costs one page.  Low, each
 * address means itself: the code that turns paging on runs there.  High is where a
 * kernel is linked, out of the way of user programs.
 *
 *   bits  63      48 47     39 38     30 29     21 20                    0
 *        | copies   | PML4    | PDPT    | PD      | within a page of 2 MiB |
 *        | of bit 47| 9 bits  | 9 bits  | 9 bits  | 21 bits                |
 *
 * Intel SDM 3A 4.5 (4-level paging).
 */
#include "stage2/paging.h"

#include "lib/string.h"

#define PAGE_PRESENT 0x001u
#define PAGE_WRITABLE 0x002u
#define PAGE_SIZE_2M 0x080u /* PS: the entry maps 2 MiB instead of a table */
#define TABLE_FLAGS (PAGE_PRESENT | PAGE_WRITABLE)

#define PAGE_4K 0x1000u
#define DIRECTORIES 4u /* of 1 GiB each */

enum table { PML4, PDPT_LOW, PDPT_HIGH, DIRECTORY };

_Static_assert(DIRECTORY + DIRECTORIES <= PAGE_TABLES_PAGES, "the tables fit");
_Static_assert(IDENTITY_SIZE == DIRECTORIES * 0x40000000ull, "one directory a GiB");

/* Which entry of a table translates `address`; `shift` is 39 for PML4, 30 for PDPT. */
static unsigned entry_index(uint64_t address, unsigned shift)
{
    return (unsigned)(address >> shift) % PAGE_ENTRIES;
}

void paging_build(uint64_t tables[PAGE_TABLES_PAGES][PAGE_ENTRIES], uint64_t address)
{
    uint64_t entry = TABLE_FLAGS | PAGE_SIZE_2M; /* for physical 0; the others follow */

    memset(tables, 0, DIRECTORY * PAGE_4K); /* the directories are filled completely anyway */
    tables[PML4][0] = (address + PDPT_LOW * PAGE_4K) | TABLE_FLAGS;
    tables[PML4][entry_index(KERNEL_BASE, 39)] = (address + PDPT_HIGH * PAGE_4K) | TABLE_FLAGS;
    for (unsigned d = 0; d < DIRECTORIES; d++) {
        tables[PDPT_LOW][d] = (address + (DIRECTORY + d) * PAGE_4K) | TABLE_FLAGS;
        for (unsigned i = 0; i < PAGE_ENTRIES; i++, entry += 0x200000)
            tables[DIRECTORY + d][i] = entry;
    }
    for (unsigned d = 0; d < KERNEL_BASE_SIZE / 0x40000000u; d++)
        tables[PDPT_HIGH][entry_index(KERNEL_BASE, 30) + d] = tables[PDPT_LOW][d];
}
