/*
 * page_tables.c - the four levels, with the same code for all of them.
 *
 * Level 3 is the PML4, 2 a PDPT, 1 a page directory, 0 a page table.  Entries
 * that point to a table allow everything: the leaf decides.
 */
#include "kernel/memory/page_tables.h"

#include "kernel/memory/frame_pool.h"
#include "lib/string.h"

#define ENTRIES 512u
#define PML4_LEVEL 3u
#define TABLE_BITS (PAGE_P | PAGE_RW)

/* A stretch of virtual memory that is processed from its start. */
struct stretch {
    uint64_t address, physical, left;
};

/* How much an entry of a level maps. */
static uint64_t size_of(unsigned level)
{
    return PAGE_SIZE_4K << 9 * level; /* NOLINT: level is 0 to 3 */
}

static unsigned index_of(uint64_t address, unsigned level)
{
    return (unsigned)(address / size_of(level)) % ENTRIES;
}

static uint64_t *table_at(const struct page_tables *tables, uint64_t entry)
{
    return tables->pointer(entry & PAGE_ADDRESS);
}

static bool is_leaf(uint64_t entry, unsigned level)
{
    return level == 0 || (level < PML4_LEVEL && (entry & PAGE_PS));
}

static uint64_t leaf_bits(const struct page_tables *tables, unsigned level, enum page_access access)
{
    uint64_t bits = PAGE_P | PAGE_G;

    if (level > 0)
        bits |= PAGE_PS;
    if (access & PAGE_WRITE)
        bits |= PAGE_RW;
    if (tables->has_nx && !(access & PAGE_EXECUTE))
        bits |= PAGE_NX;
    return bits;
}

/* The last entry on the way to `address`: a leaf, or one that is not present. */
static uint64_t *find(const struct page_tables *tables, uint64_t address, unsigned *level)
{
    uint64_t *entry;

    *level = PML4_LEVEL;
    entry = &table_at(tables, tables->root)[index_of(address, *level)];
    while (*entry & PAGE_P && !is_leaf(*entry, *level)) {
        --*level;
        entry = &table_at(tables, *entry)[index_of(address, *level)];
    }
    return entry;
}

/* From `address` to the end of the entry of that level, `left` at most. */
static uint64_t step(uint64_t address, unsigned level, uint64_t left)
{
    uint64_t rest = size_of(level) - address % size_of(level);

    return rest < left ? rest : left;
}

/* True if all (present) or nothing (!present) of a stretch is mapped. */
static bool is_all(const struct page_tables *tables, uint64_t address, uint64_t bytes, bool present)
{
    while (bytes > 0) {
        unsigned level;
        bool found = *find(tables, address, &level) & PAGE_P;
        uint64_t part = step(address, level, bytes);

        if (found != present)
            return false;
        address += part;
        bytes -= part;
    }
    return true;
}

/* A new table for an entry that is not present; zeroed unless all of it will be written next. */
static bool add_table(const struct page_tables *tables, uint64_t *entry, bool zeroed)
{
    uint64_t frame = tables->allocate_frame();

    if (frame == FRAME_NONE)
        return false;
    if (zeroed)
        memset(tables->pointer(frame), 0, PAGE_SIZE_4K);
    *entry = frame | TABLE_BITS;
    return true;
}

/*
 * Writes leaves from entry `first` of a table on, as far as table and stretch
 * reach; returns their number.
 */
static unsigned fill_leaves(uint64_t *table, unsigned first, uint64_t size, struct stretch *s,
                            uint64_t bits)
{
    uint64_t entry = s->physical | bits, count = s->left / size;

    if (count > ENTRIES - first)
        count = ENTRIES - first;
    for (uint64_t i = first; i < first + count; i++, entry += size)
        table[i] = entry;
    s->address += count * size;
    s->physical += count * size;
    s->left -= count * size;
    return (unsigned)count;
}

/* Fills a table and those below it until the stretch or the table ends.  NOLINTNEXTLINE: recursion */
static bool fill(const struct page_tables *tables, uint64_t *table, unsigned level,
                 struct stretch *s, enum page_access access)
{
    uint64_t size = size_of(level);

    for (unsigned i = index_of(s->address, level); i < ENTRIES && s->left > 0;) {
        bool fits = (s->address | s->physical) % size == 0 && s->left >= size;

        if (fits && size <= tables->largest) {
            i += fill_leaves(table, i, size, s, leaf_bits(tables, level, access));
            continue;
        }

        bool all_leaves = fits && size_of(level - 1) <= tables->largest; /* one table below */

        if ((!(table[i] & PAGE_P) && !add_table(tables, &table[i], !all_leaves)) ||
            !fill(tables, table_at(tables, table[i]), level - 1, s, access))
            return false;
        i++;
    }
    return true;
}

enum page_result page_tables_map(const struct page_tables *tables, uint64_t address,
                                 uint64_t physical, uint64_t bytes, enum page_access access)
{
    struct stretch s = {address, physical, bytes};

    if (!is_all(tables, address, bytes, false))
        return PAGE_TAKEN;
    if (fill(tables, table_at(tables, tables->root), PML4_LEVEL, &s, access))
        return PAGE_OK;
    /* whole pages were mapped, so unmapping them splits nothing and cannot fail */
    return page_tables_unmap(tables, address, bytes - s.left) == PAGE_OK ? PAGE_NO_FRAME
                                                                         : PAGE_MISSING;
}

/* One large page becomes 512 of the next smaller size with the same permissions. */
static bool split(const struct page_tables *tables, uint64_t *entry, unsigned level,
                  uint64_t address)
{
    uint64_t frame = tables->allocate_frame(), part = *entry, *table;

    if (frame == FRAME_NONE)
        return false;
    if (level == 1)
        part &= ~PAGE_PS;
    table = tables->pointer(frame);
    for (unsigned i = 0; i < ENTRIES; i++)
        table[i] = part + i * size_of(level - 1);
    *entry = frame | TABLE_BITS;
    tables->invalidate(address);
    return true;
}

/* Changes the permissions of a stretch's leaves, or unmaps them. */
static enum page_result change(const struct page_tables *tables, uint64_t address, uint64_t bytes,
                               bool keep, enum page_access access)
{
    if (!is_all(tables, address, bytes, true))
        return PAGE_MISSING;
    while (bytes > 0) {
        unsigned level;
        uint64_t *entry = find(tables, address, &level);
        uint64_t size = size_of(level);

        if (address % size != 0 || bytes < size) {
            if (!split(tables, entry, level, address))
                return PAGE_NO_FRAME;
            continue;
        }
        *entry = keep ? (*entry & PAGE_ADDRESS) | leaf_bits(tables, level, access) : 0;
        tables->invalidate(address);
        address += size;
        bytes -= size;
    }
    return PAGE_OK;
}

enum page_result page_tables_unmap(const struct page_tables *tables, uint64_t address,
                                   uint64_t bytes)
{
    return change(tables, address, bytes, false, PAGE_READ);
}

enum page_result page_tables_protect(const struct page_tables *tables, uint64_t address,
                                     uint64_t bytes, enum page_access access)
{
    return change(tables, address, bytes, true, access);
}

bool page_tables_translate(const struct page_tables *tables, uint64_t address,
                           struct page_mapping *mapping)
{
    unsigned level;
    uint64_t entry = *find(tables, address, &level);

    if (!(entry & PAGE_P))
        return false;
    mapping->size = size_of(level);
    mapping->physical = (entry & PAGE_ADDRESS) + address % mapping->size;
    mapping->entry = entry;
    return true;
}
