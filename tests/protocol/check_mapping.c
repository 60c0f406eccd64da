/*
 * check_mapping.c - "What is mapped": the loader's page tables, entry by entry.
 *
 * Intel SDM 3A 4.5 (4-level paging).
 */
#include "layout.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/report.h"

#define PRESENT 0x001ull
#define WRITABLE 0x002ull
#define LARGE 0x080ull
#define USED 0x060ull /* accessed, dirty: the CPU's */
#define ADDRESS 0x000ffffffffff000ull
#define ENTRIES 512u
#define PAGE 0x200000ull
#define GIB 0x40000000ull

static uint64_t probe; /* written through one mapping, read through the other */

static const uint64_t *table(uint64_t entry)
{
    return (const uint64_t *)(entry & ADDRESS);
}

static unsigned index_of(uint64_t address, unsigned shift)
{
    return (unsigned)(address >> shift) % ENTRIES;
}

static uint64_t directory_entry(uint64_t address)
{
    uint64_t level4 = table(entry_state.cr3)[index_of(address, 39)];
    uint64_t level3 = level4 & PRESENT ? table(level4)[index_of(address, 30)] : 0;

    return level3 & PRESENT && !(level3 & LARGE) ? table(level3)[index_of(address, 21)] : 0;
}

/* Every 2 MiB from `virtual` on map physical 0 and on; the first that do not are reported. */
static void expect_mapped(uint64_t virtual, uint64_t size)
{
    for (uint64_t offset = 0; offset < size; offset += PAGE) {
        uint64_t entry = directory_entry(virtual + offset) & ~USED;

        if (entry != (offset | LARGE | WRITABLE | PRESENT)) {
            equal("a page directory entry", entry, offset | LARGE | WRITABLE | PRESENT);
            return;
        }
    }
}

static unsigned present_entries(const uint64_t *entries)
{
    unsigned count = 0;

    for (unsigned i = 0; i < ENTRIES; i++)
        count += entries[i] & PRESENT;
    return count;
}

/* The upper levels: nothing but the two mappings, without restricting any right. */
static void check_upper_levels(void)
{
    const uint64_t *top = table(entry_state.cr3);
    uint64_t low = top[0], high = top[index_of(KERNEL_BASE, 39)];

    statement("map-nothing-else");
    equal("entries of the PML4", present_entries(top), 2);
    equal("entries of the lower PDPT", present_entries(table(low)), IDENTITY_SIZE / GIB);
    equal("entries of the upper PDPT", present_entries(table(high)), KERNEL_BASE_SIZE / GIB);
    statement("map-rights");
    equal("flags of PML4[0]", low & ~ADDRESS & ~USED, WRITABLE | PRESENT);
    equal("flags of PML4[511]", high & ~ADDRESS & ~USED, WRITABLE | PRESENT);
    for (uint64_t i = 0; i < IDENTITY_SIZE / GIB; i++)
        equal("flags of a PDPT entry", table(low)[i] & ~ADDRESS & ~USED, WRITABLE | PRESENT);
    for (uint64_t a = KERNEL_BASE; a != 0; a += GIB)
        equal("flags of a PDPT entry", table(high)[index_of(a, 30)] & ~ADDRESS & ~USED,
              WRITABLE | PRESENT);
}

static uint64_t answer(void)
{
    return 42;
}

/* `object` at its address in the mapping at `base`. */
static void *through(uint64_t base, const void *object)
{
    return (void *)(base + ((uint64_t)object & (KERNEL_BASE_SIZE - 1)));
}

static uint64_t call_at(uint64_t base)
{
    return ((uint64_t (*)(void))through(base, (const void *)answer))();
}

void check_mapping(void)
{
    volatile uint64_t *low = through(0, &probe), *high = through(KERNEL_BASE, &probe);

    statement("map-low");
    expect_mapped(0, IDENTITY_SIZE);
    equal("a function called there", call_at(0), 42);
    statement("map-high");
    expect_mapped(KERNEL_BASE, KERNEL_BASE_SIZE);
    *low = 0x0123456789abcdef;
    equal("what was written through the lower mapping", *high, 0x0123456789abcdef);
    *high = 0;
    equal("what was written through the upper mapping", *low, 0);
    equal("a function called there", call_at(KERNEL_BASE), 42);
    check_upper_levels();
}
