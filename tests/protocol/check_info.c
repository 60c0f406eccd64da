/*
 * check_info.c - "The boot info", field by field.
 */
#include "layout.h"
#include "lib/cpu.h"
#include "mbr.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/report.h"

#define CPUID_TSC (1u << 4) /* EDX of leaf 1 */
#define CPUID_NX (1u << 20) /* EDX of leaf 80000001h */

/* The partition table of the MBR that the firmware loaded. */
static struct partition partition(unsigned number)
{
    const struct mbr_table *table = (const struct mbr_table *)(MBR_ADDRESS + MBR_SIGNATURE_OFFSET);

    return table->partitions[number - 1];
}

static void check_kernel_fields(const struct boot_info *info)
{
    statement("info-kernel");
    holds("this kernel fits", info->kernel_bytes >= (uint64_t)(memory_end - protocol_start));
    remark("kernel_bytes", info->kernel_bytes);
    statement("info-place");
    holds("the partition is one of four", info->partition >= 1 && info->partition <= PARTITIONS);
    if (info->partition >= 1 && info->partition <= PARTITIONS) {
        struct partition p = partition(info->partition);

        equal("kernel_lba", info->kernel_lba, p.first_lba);
        equal("the partition's type", p.type, KERNEL_PARTITION_TYPE);
    }
    remark("boot_drive", info->boot_drive);
    remark("partition", info->partition);
}

void check_info(const struct boot_info *info)
{
    uint32_t features = (cpuid(1).edx & CPUID_TSC ? CPU_FEATURE_TSC : 0) |
                        (cpuid(0x80000001).edx & CPUID_NX ? CPU_FEATURE_NX : 0);

    statement("info-magic");
    equal("magic", info->magic, BOOT_INFO_MAGIC);
    statement("info-version");
    equal("version", info->version, BOOT_INFO_VERSION);
    equal("size", info->size, sizeof *info);
    statement("info-map");
    equal("memory_map modulo 8", info->memory_map % 8, 0);
    holds("it has entries", info->memory_map_entries >= 1);
    holds("it has at most 512", info->memory_map_entries <= MEMORY_MAP_MAX);
    statement("info-features");
    equal("cpu_features", info->cpu_features, features);
    check_kernel_fields(info);
    statement("info-reserved");
    equal("reserved", info->reserved, 0);
}
