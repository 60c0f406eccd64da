/*
 * check_memory.c - "Whose memory is whose": the map, and what it says about known addresses.
 */
#include "layout.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/low_memory.h"
#include "tests/protocol/report.h"

#define MIB 0x100000ull
#define VGA_HOLE 0xa0000u
#define BDA_EBDA_SEGMENT (BDA_ADDRESS + 0x0e)
#define BDA_MEMORY_KIB (BDA_ADDRESS + 0x13)
#define INT13_VECTOR (0x13 * 4) /* offset, segment */
#define JUNK 0x5aa5c33c96691ee1ull

static const struct memory_range *range(const struct boot_info *info, unsigned i)
{
    return (const struct memory_range *)info->memory_map + i;
}

bool memory_is(const struct boot_info *info, uint32_t type, uint64_t base, uint64_t length)
{
    for (unsigned i = 0; i < info->memory_map_entries; i++) {
        const struct memory_range *r = range(info, i);

        if (r->type == type && r->base <= base && base - r->base < r->length)
            return length <= r->length - (base - r->base);
    }
    return false;
}

static bool is_known(uint32_t type)
{
    return (type >= MEMORY_USABLE && type <= MEMORY_BAD) || type == MEMORY_LOADER ||
           type == MEMORY_KERNEL;
}

static void check_form(const struct boot_info *info)
{
    statement("memory-sorted");
    for (unsigned i = 0; i < info->memory_map_entries; i++) {
        const struct memory_range *r = range(info, i), *next = r + 1;
        bool is_last = i + 1 == info->memory_map_entries;

        holds("a range is not empty", r->length > 0);
        holds("it ends in the address space", r->base + r->length > r->base);
        holds("ranges do not overlap", is_last || r->base + r->length <= next->base);
        holds("neighbours differ", is_last || r->base + r->length < next->base ||
                                       r->type != next->type);
    }
    statement("memory-types");
    for (unsigned i = 0; i < info->memory_map_entries; i++)
        holds("the type is one of the seven", is_known(range(info, i)->type));
    statement("memory-attributes");
    for (unsigned i = 0; i < info->memory_map_entries; i++)
        equal("attributes", range(info, i)->attributes, 1);
}

/* Memory keeps what is written to it; its content is restored afterwards. */
static void expect_ram(uint64_t address)
{
    volatile uint64_t *word = (volatile uint64_t *)address;
    uint64_t saved = *word;

    *word = JUNK;
    equal("what was written to a usable word", *word, JUNK);
    *word = saved;
}

static void check_usable(const struct boot_info *info)
{
    uint32_t ebda = low_word(BDA_EBDA_SEGMENT) * 16u;

    statement("memory-usable");
    for (unsigned i = 0; i < info->memory_map_entries; i++) {
        const struct memory_range *r = range(info, i);

        if (r->type != MEMORY_USABLE || r->base + r->length > IDENTITY_SIZE)
            continue;
        expect_ram((r->base + 7) / 8 * 8);
        expect_ram((r->base + r->length) / 8 * 8 - 8);
    }
    statement("memory-below-1-mib");
    for (unsigned i = 0; i < info->memory_map_entries; i++) {
        const struct memory_range *r = range(info, i);
        bool is_ours = r->type == MEMORY_USABLE || r->type == MEMORY_LOADER;

        holds("nothing from A0000h to FFFFFh is usable",
              !is_ours || r->base + r->length <= VGA_HOLE || r->base >= MIB);
        holds("nothing from the EBDA to 1 MiB is usable",
              !is_ours || r->base + r->length <= ebda || r->base >= MIB);
    }
}

/* Everything of the loader's is in a range of the loader's type. */
static void check_loader(const struct boot_info *info)
{
    statement("memory-loader");
    holds("0-3FFFFh is the loader's", memory_is(info, MEMORY_LOADER, 0, LOADER_END));
    holds("the boot info lies in it",
          memory_is(info, MEMORY_LOADER, (uint64_t)info, info->size));
    holds("the map lies in it",
          memory_is(info, MEMORY_LOADER, info->memory_map,
                    info->memory_map_entries * sizeof(struct memory_range)));
    holds("the recorder lies in it",
          memory_is(info, MEMORY_LOADER, info->recorder, RECORDER_SIZE));
    holds("the GDT lies in it",
          memory_is(info, MEMORY_LOADER, entry_state.gdt.base, entry_state.gdt.limit + 1u));
    holds("the page tables lie in it",
          memory_is(info, MEMORY_LOADER, entry_state.cr3, PAGE_TABLES_PAGES * 4096));
    statement("memory-stack");
    holds("the stack lies in it",
          memory_is(info, MEMORY_LOADER, STACK_BOTTOM, STACK_TOP - STACK_BOTTOM));
    for (uint64_t a = STACK_BOTTOM; a < STACK_TOP; a += 8)
        expect_ram(a);
    statement("memory-bios");
    holds("the BIOS data area says how much low memory there is",
          low_word(BDA_MEMORY_KIB) >= LOADER_END / 1024 &&
              low_word(BDA_MEMORY_KIB) <= VGA_HOLE / 1024);
    holds("the vector of INT 13h leads to the BIOS's memory",
          low_word(INT13_VECTOR + 2) * 16u >= LOADER_END);
}

void check_memory(const struct boot_info *info)
{
    check_form(info);
    check_usable(info);
    check_loader(info);
    statement("memory-kernel");
    holds("the kernel's memory is the kernel's",
          memory_is(info, MEMORY_KERNEL, info->kernel_address, info->kernel_bytes));
    holds("what follows it is not",
          !memory_is(info, MEMORY_KERNEL, info->kernel_address + info->kernel_bytes, 1));
    holds("what precedes it is not",
          !memory_is(info, MEMORY_KERNEL, info->kernel_address - 1, 1));
}
