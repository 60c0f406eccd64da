/*
 * test_paging.c - the loader's page tables, walked from CR3 as the CPU walks
 * them (Intel SDM 3A, 4.5), at every 2 MiB that docs/architecture.md promises.
 */
#include "kernel/cpu/registers.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"

#define PAGE_PRESENT (1ull << 0)
#define PAGE_WRITABLE (1ull << 1)
#define PAGE_PS (1ull << 7)
#define PAGE_NX (1ull << 63)
#define PAGE_ADDRESS 0x000ffffffffff000ull

#define PAGE_2M 0x200000ull
#define INVALID (~0ull)

static uint64_t entry_of(uint64_t table, uint64_t address, unsigned shift)
{
    const uint64_t *entries = physical_pointer(table & PAGE_ADDRESS);

    return entries[address >> shift & 511];
}

/* Where `address` is mapped to, writable and executable by a 2 MiB page; or INVALID. */
static uint64_t walk(uint64_t address)
{
    uint64_t needed = PAGE_PRESENT | PAGE_WRITABLE;
    uint64_t pml4e = entry_of(read_cr3(), address, 39);

    if ((pml4e & (needed | PAGE_NX)) != needed)
        return INVALID;

    uint64_t pdpte = entry_of(pml4e, address, 30);

    if ((pdpte & (needed | PAGE_NX | PAGE_PS)) != needed)
        return INVALID;

    uint64_t pde = entry_of(pdpte, address, 21);

    if ((pde & (needed | PAGE_NX | PAGE_PS)) != (needed | PAGE_PS))
        return INVALID;
    return (pde & PAGE_ADDRESS) + address % PAGE_2M;
}

KERNEL_TEST(first_4_gib_are_identity_mapped)
{
    for (uint64_t page = 0; page < IDENTITY_SIZE; page += PAGE_2M)
        EXPECT_EQ(walk(page), page);
    EXPECT_EQ(walk(IDENTITY_SIZE - 1), IDENTITY_SIZE - 1);
}

KERNEL_TEST(first_2_gib_are_mapped_high)
{
    for (uint64_t page = 0; page < KERNEL_BASE_SIZE; page += PAGE_2M)
        EXPECT_EQ(walk(KERNEL_BASE + page), page);
}

KERNEL_TEST(nothing_else_is_mapped)
{
    EXPECT_EQ(walk(IDENTITY_SIZE), INVALID);
    EXPECT_EQ(walk(KERNEL_BASE - PAGE_2M), INVALID);
    EXPECT_EQ(walk(0xffff800000000000ull), INVALID);
    EXPECT_EQ(walk(0x00007fffffe00000ull), INVALID);
}

KERNEL_TEST(both_mappings_show_the_same_memory)
{
    static volatile uint64_t word;
    volatile uint64_t *low = (volatile uint64_t *)((uint64_t)&word - KERNEL_BASE);

    word = 0x0123456789abcdef;
    EXPECT_EQ(*low, 0x0123456789abcdef);
    *low = 0xfedcba9876543210;
    EXPECT_EQ(word, 0xfedcba9876543210);
}

KERNEL_TEST(physical_reachable_knows_the_edges)
{
    EXPECT(physical_reachable(0, KERNEL_BASE_SIZE));
    EXPECT(physical_reachable(KERNEL_BASE_SIZE - 1, 1));
    EXPECT(!physical_reachable(KERNEL_BASE_SIZE, 1));
    EXPECT(!physical_reachable(1, KERNEL_BASE_SIZE));
    EXPECT(!physical_reachable(~0ull, 2));
    EXPECT(!physical_reachable(2, ~0ull));
}
