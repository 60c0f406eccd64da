/*
 * memory_report.c - the amount of memory, as a person would state it.
 *
 * The firmware keeps some KiB of RAM for itself on every machine (a PC with 128
 * MiB reports 127.5), so the sum is rounded up.
 */
#include "kernel/memory/memory_report.h"

#include <stdbool.h>
#include <stdint.h>

#include "kernel/console/console.h"
#include "kernel/memory/physical.h"
#include "lib/units.h"

static bool is_ram(uint32_t type)
{
    return type == MEMORY_USABLE || type == MEMORY_LOADER || type == MEMORY_KERNEL;
}

/* Bytes of RAM that the kernel manages or will manage, rounded up to a MiB. */
static uint64_t memory_detected(const struct boot_info *info)
{
    const struct memory_range *map = physical_pointer(info->memory_map);
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < info->memory_map_entries; i++)
        if (is_ram(map[i].type))
            bytes += map[i].length;
    return (bytes + MIB - 1) / MIB * MIB;
}

void memory_report(const struct boot_info *info)
{
    uint64_t bytes = memory_detected(info);

    if (bytes % GIB == 0)
        printk("Memory: %lu GiB detected.\n", bytes / GIB);
    else
        printk("Memory: %lu MiB detected.\n", bytes / MIB);
}
