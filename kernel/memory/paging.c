/*
 * paging.c - builds the kernel's page tables and switches to them.
 *
 * memory.c calls it with interrupts disabled, on the loader's tables; the
 * instruction after the switch is mapped in both at the same address.  Owns
 * CR3, CR0.WP and CR4.PGE.  Intel SDM 3A 4.5 (4-level paging), 4.6 (access
 * rights), 4.10 (caching).
 */
#include "kernel/memory/paging.h"

#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/memory/address_space.h"
#include "kernel/memory/frames.h"
#include "kernel/memory/internal/early_frames.h"
#include "kernel/memory/physical.h"
#include "kernel/panic/panic.h"
#include "lib/cpuid.h"
#include "lib/string.h"
#include "lib/units.h"

#define CR0_WP (1ul << 16)
#define CR4_PGE (1ul << 7)
#define EFER_NXE (1ul << 11)

#define VGA_START 0xa0000u /* the window of the video memory */
#define VGA_END 0xc0000u

/* Boundaries of the sections, page-aligned (linker/kernel.ld). */
extern const uint8_t kernel_start[], kernel_rodata[], kernel_data[], kernel_end[];

struct page_tables paging_tables;

static uint64_t allocate_early(void)
{
    return early_frames_allocate(1);
}

static void map(uint64_t address, uint64_t physical, uint64_t bytes, enum page_access access)
{
    enum page_result result = page_tables_map(&paging_tables, address, physical, bytes, access);

    if (result != PAGE_OK)
        panic("paging: cannot map 0x%lx, %lu bytes: %s", address, bytes,
              result == PAGE_TAKEN ? "something is mapped there already" : "no memory");
}

/* ---- the kernel's image ----------------------------------------------------- */

static void map_section(const uint8_t *start, const uint8_t *end, enum page_access access)
{
    map((uint64_t)start, (uint64_t)start - KERNEL_BASE, (uint64_t)(end - start), access);
}

static void map_image(void)
{
    map_section(kernel_start, kernel_rodata, PAGE_EXECUTE);
    map_section(kernel_rodata, kernel_data, PAGE_READ);
    map_section(kernel_data, kernel_end, PAGE_WRITE);
    for (unsigned i = 0; i < STACKS; i++)
        if (page_tables_unmap(&paging_tables, stacks[i].guard,
                              stacks[i].bottom - stacks[i].guard) != PAGE_OK)
            panic("paging: no guard page below %s", stacks[i].name);
}

/* ---- physical memory -------------------------------------------------------- */

/* Maps the whole pages of [base, end) at DIRECT_MAP_BASE. */
static void map_direct(uint64_t base, uint64_t end, enum page_access access)
{
    base = (base + PAGE_SIZE_4K - 1) / PAGE_SIZE_4K * PAGE_SIZE_4K;
    end -= end % PAGE_SIZE_4K;
    if (base < end)
        map(DIRECT_MAP_BASE + base, base, end - base, access);
}

/*
 * Maps everything below 1 MiB: the BIOS data and the flight recorder in page 0,
 * the EBDA and the ROMs, which contain tables, and VGA memory between them.
 * The MTRRs decide how it is cached.
 */
static void map_low_memory(uint64_t ram_end)
{
    map_direct(0, ram_end, PAGE_WRITE);
    map_direct(ram_end, VGA_START, PAGE_READ);
    map_direct(VGA_START, VGA_END, PAGE_WRITE);
    map_direct(VGA_END, MIB, PAGE_READ);
}

static void map_range(const struct memory_range *range)
{
    uint64_t base = range->base < MIB ? MIB : range->base;
    uint64_t end = range->base + range->length;

    switch (range->type) {
    case MEMORY_USABLE: map_direct(base, end, PAGE_WRITE); break;
    case MEMORY_KERNEL: /* it is mapped elsewhere; here it can only be read */
    case MEMORY_ACPI_RECLAIMABLE:
    case MEMORY_ACPI_NVS: map_direct(base, end, PAGE_READ); break;
    default: break; /* reserved: reading it may have any effect */
    }
}

static void map_memory(const struct memory_range *ranges, uint32_t entries)
{
    uint64_t low_end = 0;

    for (uint32_t i = 0; i < entries && ranges[i].base < MIB; i++)
        if (ranges[i].type == MEMORY_USABLE || ranges[i].type == MEMORY_LOADER)
            low_end = ranges[i].base + ranges[i].length;
    /* a page shared with the EBDA is included */
    low_end = (low_end + PAGE_SIZE_4K - 1) / PAGE_SIZE_4K * PAGE_SIZE_4K;
    map_low_memory(low_end < VGA_START ? low_end : VGA_START);
    for (uint32_t i = 0; i < entries; i++)
        map_range(&ranges[i]);
}

/* ---- the switch --------------------------------------------------------------- */

static void switch_tables(void)
{
    write_cr3(paging_tables.root);
    physical_base = DIRECT_MAP_BASE;
    write_cr0(read_cr0() | CR0_WP);
    write_cr4(read_cr4() | CR4_PGE);
}

void paging_start(const struct boot_info *info)
{
    bool has_nx = info->cpu_features & CPU_FEATURE_NX;
    bool has_1g = cpuid(CPUID_EXTENDED).edx & CPUID_EXTENDED_EDX_PAGE1GB;

    if (has_nx)
        write_msr(MSR_EFER, read_msr(MSR_EFER) | EFER_NXE);
    paging_tables = (struct page_tables){
        .root = allocate_early(),
        .largest = has_1g ? PAGE_SIZE_1G : PAGE_SIZE_2M,
        .has_nx = has_nx,
        .allocate_frame = allocate_early,
        .pointer = physical_pointer,
        .invalidate = invalidate_page,
    };
    memset(physical_pointer(paging_tables.root), 0, PAGE_SIZE_4K);
    map_image();
    map_memory(physical_pointer(info->memory_map), info->memory_map_entries);
    switch_tables();
}

void paging_use_frames(void)
{
    paging_tables.allocate_frame = frame_allocate;
}

/* The bits of a physical address on this CPU; any more would be reserved bits in an entry. */
static unsigned physical_bits(void)
{
    if (cpuid(CPUID_EXTENDED_MAX).eax < CPUID_ADDRESS_SIZES)
        return 36; /* as on CPUs before that leaf existed */
    return cpuid(CPUID_ADDRESS_SIZES).eax & 0xff;
}

bool paging_show(uint64_t address, uint64_t bytes)
{
    uint64_t limit = 1ull << physical_bits();
    struct page_mapping mapping;

    if (limit > DIRECT_MAP_SIZE)
        limit = DIRECT_MAP_SIZE;
    if (bytes > limit || address > limit - bytes)
        return false;
    for (uint64_t page = address - address % PAGE_SIZE_4K; page < address + bytes;
         page += PAGE_SIZE_4K)
        if (!page_tables_translate(&paging_tables, DIRECT_MAP_BASE + page, &mapping) &&
            page_tables_map(&paging_tables, DIRECT_MAP_BASE + page, page, PAGE_SIZE_4K,
                            PAGE_READ) != PAGE_OK)
            return false;
    return true;
}
