/*
 * test_boot_info.c - what the loader reports about the machine, compared with the
 * machine: the linker's symbols, CR3, CPUID, the CMOS memory size.
 */
#include "boot_info.h"
#include "layout.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"
#include "lib/pc.h"
#include "lib/port.h"

#define MIB (1ull << 20)
#define GIB (1ull << 30)

/* 64 KiB blocks between 16 MiB and 4 GiB, where every PC BIOS keeps them. */
#define CMOS_ABOVE_16M_LOW 0x34
#define CMOS_ABOVE_16M_HIGH 0x35

static const struct memory_range *map(void)
{
    return physical_pointer(test_boot_info()->memory_map);
}

static uint64_t range_end(const struct memory_range *r)
{
    return r->base + r->length;
}

/* The type of all of [base, base + bytes), or 0 if no single range contains it. */
static uint32_t type_of(uint64_t base, uint64_t bytes)
{
    for (uint32_t i = 0; i < test_boot_info()->memory_map_entries; i++)
        if (map()[i].base <= base && base + bytes <= range_end(&map()[i]))
            return map()[i].type;
    return 0;
}

KERNEL_TEST(boot_info_is_ours)
{
    const struct boot_info *info = test_boot_info();

    EXPECT_EQ(entry_rdi, BOOT_INFO_ADDRESS);
    EXPECT_EQ(info->magic, BOOT_INFO_MAGIC);
    EXPECT_EQ(info->version, BOOT_INFO_VERSION);
    EXPECT_EQ(info->size, sizeof *info);
    EXPECT_EQ(info->reserved, 0);
}

KERNEL_TEST(memory_map_is_sorted_and_disjoint)
{
    EXPECT(test_boot_info()->memory_map_entries >= 3);
    for (uint32_t i = 0; i < test_boot_info()->memory_map_entries; i++) {
        EXPECT(range_end(&map()[i]) > map()[i].base);
        if (i > 0)
            EXPECT(map()[i].base >= range_end(&map()[i - 1]));
    }
}

KERNEL_TEST(memory_map_neighbours_are_merged)
{
    for (uint32_t i = 1; i < test_boot_info()->memory_map_entries; i++)
        if (range_end(&map()[i - 1]) == map()[i].base)
            EXPECT(map()[i - 1].type != map()[i].type);
}

KERNEL_TEST(memory_map_has_only_types_that_are_defined)
{
    for (uint32_t i = 0; i < test_boot_info()->memory_map_entries; i++) {
        uint32_t type = map()[i].type;

        EXPECT((type >= MEMORY_USABLE && type <= MEMORY_BAD) || type == MEMORY_LOADER ||
               type == MEMORY_KERNEL);
    }
}

KERNEL_TEST(memory_map_ends_where_the_cmos_says)
{
    uint64_t blocks, end, highest = 0;

    outb(CMOS_INDEX, CMOS_ABOVE_16M_LOW);
    blocks = inb(CMOS_DATA);
    outb(CMOS_INDEX, CMOS_ABOVE_16M_HIGH);
    blocks |= (uint64_t)inb(CMOS_DATA) << 8;
    end = 16 * MIB + blocks * 0x10000;
    for (uint32_t i = 0; i < test_boot_info()->memory_map_entries; i++)
        if (map()[i].type == MEMORY_USABLE && map()[i].base < 4 * GIB)
            highest = range_end(&map()[i]);
    EXPECT(highest <= end);
    EXPECT(highest >= end - MIB); /* the firmware keeps a little below the top */
}

KERNEL_TEST(what_the_loader_left_is_typed_loader)
{
    const struct boot_info *info = test_boot_info();

    EXPECT_EQ(type_of(BDA_ADDRESS, 256), MEMORY_LOADER);
    EXPECT_EQ(type_of(entry_rdi, info->size), MEMORY_LOADER);
    EXPECT_EQ(type_of(info->memory_map, info->memory_map_entries * sizeof(struct memory_range)),
              MEMORY_LOADER);
    EXPECT_EQ(type_of(info->recorder, RECORDER_SIZE), MEMORY_LOADER);
    EXPECT_EQ(type_of(entry_state.rsp - 4096, 4096), MEMORY_LOADER);
    EXPECT_EQ(type_of(entry_state.cr3, PAGE_TABLES_PAGES * 4096), MEMORY_LOADER);
}

KERNEL_TEST(the_kernel_range_is_what_the_linker_made)
{
    const struct boot_info *info = test_boot_info();
    unsigned found = 0;

    EXPECT_EQ(info->kernel_address, physical_address(kernel_start));
    EXPECT_EQ(info->kernel_bytes, kernel_end - kernel_start);
    for (uint32_t i = 0; i < info->memory_map_entries; i++) {
        if (map()[i].type == MEMORY_KERNEL) {
            found++;
            EXPECT_EQ(map()[i].base, physical_address(kernel_start));
            EXPECT_EQ(range_end(&map()[i]), physical_address(kernel_end));
        }
    }
    EXPECT_EQ(found, 1);
}

KERNEL_TEST(the_rest_of_the_first_mebibyte_is_not_usable)
{
    for (uint32_t i = 0; i < test_boot_info()->memory_map_entries; i++)
        if (map()[i].type == MEMORY_USABLE && map()[i].base < MIB)
            EXPECT(range_end(&map()[i]) <= 640 * 1024);
    EXPECT(type_of(VGA_TEXT_ADDRESS, VGA_ROWS * VGA_COLUMNS * 2) != MEMORY_USABLE);
}

KERNEL_TEST(cpu_features_are_what_cpuid_says)
{
    bool tsc = cpuid(CPUID_FEATURES).edx & CPUID_FEATURES_EDX_TSC;
    bool nx = cpuid(CPUID_EXTENDED).edx & CPUID_EXTENDED_EDX_NX;

    EXPECT_EQ(test_boot_info()->cpu_features,
              (tsc ? CPU_FEATURE_TSC : 0) | (nx ? CPU_FEATURE_NX : 0));
}

KERNEL_TEST(boot_drive_and_partition_are_the_image_s)
{
    EXPECT_EQ(test_boot_info()->boot_drive, 0x80);
    EXPECT_EQ(test_boot_info()->partition, 1);
    EXPECT_EQ(test_boot_info()->kernel_lba, KERNEL_LBA);
}

KERNEL_TEST(text_cursor_is_at_the_start_of_a_row)
{
    EXPECT(test_boot_info()->cursor_row > 0); /* the loader has printed something */
    EXPECT(test_boot_info()->cursor_row < VGA_ROWS);
    EXPECT_EQ(test_boot_info()->cursor_column, 0);
}
