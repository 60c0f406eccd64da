/*
 * test_paging.c - the kernel's own address space, seen from inside: walked
 * from CR3 as the CPU walks it, and accessed.
 */
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/memory/address_space.h"
#include "kernel/memory/frames.h"
#include "kernel/memory/paging.h"
#include "kernel/memory/physical.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "lib/string.h"
#include "tests/kernel/faults.h"

#define CR0_WP (1u << 16)
#define ENTRIES 512
#define TEST_ADDRESS 0xffffa00000000000ul /* nothing is mapped there */
#define RESET_VECTOR 0xfffffff0ul
#define FAR_JUMP 0xea

static const uint64_t constant = 1;
static uint64_t variable = 2;

struct count {
    unsigned writable_and_executable, leaves;
};

/* Visits every leaf below a table. */
static void visit(uint64_t table, unsigned level, struct count *count)
{
    const uint64_t *entries = physical_pointer(table & PAGE_ADDRESS);

    for (unsigned i = 0; i < ENTRIES; i++) {
        if (!(entries[i] & PAGE_P))
            continue;
        if (level > 0 && !(level < 3 && entries[i] & PAGE_PS)) {
            visit(entries[i], level - 1, count);
            continue;
        }
        count->leaves++;
        count->writable_and_executable += (entries[i] & (PAGE_RW | PAGE_NX)) == PAGE_RW;
    }
}

static bool has_nx(void)
{
    return test_boot_info()->cpu_features & CPU_FEATURE_NX;
}

/* The leaf entry that maps `address`, 0 if there is none. */
static uint64_t leaf(uint64_t address)
{
    struct page_mapping mapping;

    return page_tables_translate(&paging_tables, address, &mapping) ? mapping.entry : 0;
}

static void expect_rights(const void *address, bool write, bool execute)
{
    uint64_t entry = leaf((uint64_t)address);

    EXPECT(entry & PAGE_P);
    EXPECT_EQ(!!(entry & PAGE_RW), write);
    EXPECT_EQ(!(entry & PAGE_NX), execute || !has_nx());
}

KERNEL_TEST(cpu_uses_the_tables_that_the_kernel_built)
{
    EXPECT_EQ(read_cr3() & PAGE_ADDRESS, paging_tables.root);
    EXPECT(read_cr0() & CR0_WP);
}

KERNEL_TEST(nothing_is_writable_and_executable)
{
    struct count count = {0, 0};

    visit(read_cr3(), 3, &count);
    EXPECT(count.leaves > 10);
    if (has_nx())
        EXPECT_EQ(count.writable_and_executable, 0);
}

KERNEL_TEST(each_section_has_its_rights)
{
    uint64_t on_the_stack = 0;

    expect_rights((const void *)(uint64_t)&visit, false, true);
    expect_rights(&constant, false, false);
    expect_rights(&variable, true, false);
    expect_rights(&on_the_stack, true, false);
}

KERNEL_TEST(no_alias_makes_text_writable)
{
    expect_rights(physical_pointer(physical_address(&constant)), false, false);
    expect_rights(physical_pointer((uint64_t)&visit - KERNEL_BASE), false, false);
}

KERNEL_TEST(page_0_and_the_identity_map_are_gone)
{
    EXPECT_EQ(leaf(0), 0);
    EXPECT_EQ(leaf(MBR_ADDRESS), 0);
    EXPECT_EQ(leaf(KERNEL_LOAD_ADDRESS), 0);
    EXPECT_EQ(leaf(0x40000000), 0);
}

KERNEL_TEST(only_the_image_is_mapped_at_kernel_base)
{
    EXPECT_EQ(leaf(KERNEL_BASE), 0);
    EXPECT_EQ(leaf((uint64_t)kernel_start - 1), 0);
    EXPECT(leaf((uint64_t)kernel_start) != 0);
    EXPECT(leaf((uint64_t)kernel_end - 1) != 0);
    EXPECT_EQ(leaf((uint64_t)kernel_end), 0);
}

KERNEL_TEST(every_stack_has_a_guard_page)
{
    uint8_t byte;

    for (unsigned i = 0; i < STACKS; i++) {
        EXPECT_EQ(leaf(stacks[i].guard), 0);
        EXPECT_EQ(leaf(stacks[i].bottom - 1), 0);
        EXPECT(!safe_read_byte(stacks[i].bottom - 1, &byte));
        EXPECT(safe_read_byte(stacks[i].bottom, &byte));
    }
}

KERNEL_TEST(all_ram_can_be_reached)
{
    const struct boot_info *info = test_boot_info();
    const struct memory_range *map = physical_pointer(info->memory_map);

    for (uint32_t i = 0; i < info->memory_map_entries; i++) {
        uint64_t end = map[i].base + map[i].length;

        if (map[i].type != MEMORY_USABLE || map[i].length < PAGE_SIZE_4K)
            continue;
        EXPECT(physical_reachable(map[i].base, PAGE_SIZE_4K));
        EXPECT(physical_reachable(end - PAGE_SIZE_4K, PAGE_SIZE_4K));
        EXPECT(physical_reachable(map[i].base, map[i].length / PAGE_SIZE_4K * PAGE_SIZE_4K));
    }
}

KERNEL_TEST(what_is_not_ram_is_not_reachable)
{
    EXPECT(!physical_reachable(0xffffffff000ul, 1));
    EXPECT(!physical_reachable(~0ul, 2));
    EXPECT(!physical_reachable(2, ~0ul));
    EXPECT(!physical_reachable(DIRECT_MAP_SIZE, 1));
}

KERNEL_TEST(page_can_be_mapped_changed_and_unmapped)
{
    uint64_t frame = frame_allocate();
    uint64_t *page = (uint64_t *)TEST_ADDRESS, value;

    EXPECT_EQ(page_tables_map(&paging_tables, TEST_ADDRESS, frame, PAGE_SIZE_4K, PAGE_WRITE),
              PAGE_OK);
    *page = 0x0123456789abcdef;
    EXPECT_EQ(*(uint64_t *)physical_pointer(frame), 0x0123456789abcdef);
    EXPECT_EQ(page_tables_protect(&paging_tables, TEST_ADDRESS, PAGE_SIZE_4K, PAGE_READ),
              PAGE_OK);
    expect_rights(page, false, false);
    EXPECT(safe_read_u64(TEST_ADDRESS, &value));
    EXPECT_EQ(page_tables_unmap(&paging_tables, TEST_ADDRESS, PAGE_SIZE_4K), PAGE_OK);
    EXPECT(!safe_read_u64(TEST_ADDRESS, &value)); /* the TLB has also dropped it */
    frame_free(frame);
}

KERNEL_TEST_PANICS(write_to_a_constant_is_a_page_fault, "#PF page fault")
{
    *(volatile uint64_t *)(uint64_t)&constant = 3;
}

KERNEL_TEST_PANICS(write_to_code_is_a_page_fault, "#PF page fault")
{
    *(volatile uint8_t *)(uint64_t)&visit = 0xcc;
}

KERNEL_TEST_PANICS(null_pointer_is_a_page_fault, "#PF page fault")
{
    fault_read(8);
}

KERNEL_TEST_PANICS(write_after_protect_is_a_page_fault, "#PF page fault")
{
    volatile uint64_t *page = (volatile uint64_t *)TEST_ADDRESS;

    if (page_tables_map(&paging_tables, TEST_ADDRESS, frame_allocate(), PAGE_SIZE_4K,
                        PAGE_WRITE) == PAGE_OK) {
        *page = 1; /* the TLB now allows this */
        if (page_tables_protect(&paging_tables, TEST_ADDRESS, PAGE_SIZE_4K, PAGE_READ) ==
            PAGE_OK)
            *page = 2;
    }
}

/* The firmware's ROM ends at 4 GiB, with the first instruction that the CPU ever ran. */
KERNEL_TEST(firmware_memory_can_be_shown_to_be_read_only)
{
    struct page_mapping mapping;

    EXPECT(!physical_reachable(RESET_VECTOR, 16));
    if (!EXPECT(paging_show(RESET_VECTOR, 16)) || !EXPECT(physical_reachable(RESET_VECTOR, 16)))
        return;
    EXPECT_EQ(*(const volatile uint8_t *)physical_pointer(RESET_VECTOR), FAR_JUMP);
    EXPECT(page_tables_translate(&paging_tables, DIRECT_MAP_BASE + RESET_VECTOR, &mapping));
    EXPECT_EQ(mapping.entry & PAGE_RW, 0);
    EXPECT(paging_show(RESET_VECTOR, 16)); /* once more */
    EXPECT_EQ(page_tables_unmap(&paging_tables,
                                DIRECT_MAP_BASE + (RESET_VECTOR & ~(PAGE_SIZE_4K - 1)),
                                PAGE_SIZE_4K), PAGE_OK);
}

KERNEL_TEST(memory_that_cannot_exist_is_not_shown)
{
    EXPECT(!paging_show(1ull << 60, 16));
    EXPECT(!paging_show(UINT64_MAX - 7, 16));
    EXPECT(!paging_show(0, UINT64_MAX));
}
