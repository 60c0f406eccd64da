/*
 * handover.c - checks what the loader hands over before anything uses it.
 *
 * Only exceptions work at this point; a panic here starts the console itself.
 */
#include "kernel/boot/handover.h"

#include "kernel/memory/physical.h"
#include "kernel/panic/panic.h"

static uint64_t accepted; /* physical address */

const struct boot_info *handover_boot_info(void)
{
    return physical_pointer(accepted);
}

const struct boot_info *handover_accept(uint64_t address)
{
    if (!physical_reachable(address, sizeof(struct boot_info)))
        panic("hand-over: RDI = 0x%lx is not the address of a boot info", address);

    const struct boot_info *info = physical_pointer(address);

    if (info->magic != BOOT_INFO_MAGIC)
        panic("hand-over: no boot info at 0x%lx: magic 0x%lx, not 0x%llx", address, info->magic,
              BOOT_INFO_MAGIC);
    if (info->version != BOOT_INFO_VERSION)
        panic("hand-over: the loader's boot info has version %u, this kernel needs %u",
              info->version, BOOT_INFO_VERSION);
    if (info->size < sizeof(struct boot_info))
        panic("hand-over: boot info of %u bytes, this kernel needs %zu", info->size,
              sizeof(struct boot_info));
    if (!physical_reachable(info->memory_map,
                            info->memory_map_entries * sizeof(struct memory_range)))
        panic("hand-over: memory map at 0x%lx with %u entries is out of reach", info->memory_map,
              info->memory_map_entries);
    accepted = address;
    return info;
}
