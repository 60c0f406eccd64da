/*
 * page_walk.c - judges page tables as the CPU reads them.  Intel SDM 3A 4.5.
 */
#include <stddef.h>

#include "lib/format.h"
#include "tools/labs/mine/mine.h"

#define PRESENT 0x001u
#define WRITABLE 0x002u
#define LARGE 0x080u /* in a PDPT 1 GiB, in a page directory 2 MiB */
#define ADDRESS 0x000ffffffffff000u
#define TOP_SHIFT 39 /* of the PML4's index; each table below it takes 9 bits fewer */
#define PAGE_SHIFT 12
#define STEP 0x200000u

static char words[160];

static bool is_in_reach(uint64_t table)
{
    return (table >= PAGE_TABLES_ADDRESS && table < PAGE_TABLES_ADDRESS + PAGE_TABLES_PAGES * 0x1000) ||
           (table >= STUDENT_ADDRESS && table < STUDENT_END);
}

/* NULL if `linear` is mapped, writable, to `wanted`. */
static const char *wrong_page(uint64_t cr3, uint64_t linear, uint64_t wanted)
{
    uint64_t table = cr3 & ADDRESS, entry, offset;
    unsigned long long at = linear;
    unsigned shift = TOP_SHIFT + 9;

    do {
        shift -= 9;
        if (!is_in_reach(table)) {
            format_string(words, sizeof words, "the way to %llXh leads through a table at %llXh, "
                          "which is not in memory that you may use", at, (unsigned long long)table);
            return words;
        }
        entry = ((const uint64_t *)(uintptr_t)table)[linear >> shift & 511];
        if (!(entry & PRESENT) || !(entry & WRITABLE)) {
            format_string(words, sizeof words, "%llXh is not %s", at,
                          entry & PRESENT ? "writable" : "mapped");
            return words;
        }
        table = entry & ADDRESS;
    } while (shift > PAGE_SHIFT && !(entry & LARGE && shift < TOP_SHIFT));
    offset = ((uint64_t)1 << shift) - 1;
    if ((table & ~offset) + (linear & offset) == wanted)
        return NULL;
    format_string(words, sizeof words, "%llXh leads to %llXh instead of %llXh", at,
                  (unsigned long long)((table & ~offset) + (linear & offset)),
                  (unsigned long long)wanted);
    return words;
}

const char *mine_find_wrong_page(uint64_t cr3, uint64_t linear, uint64_t length)
{
    const char *wrong = NULL;

    for (uint64_t at = 0; at < length && wrong == NULL; at += STEP) {
        wrong = wrong_page(cr3, linear + at, at);
        if (wrong == NULL)
            wrong = wrong_page(cr3, linear + at + STEP - 1, at + STEP - 1);
    }
    return wrong;
}
