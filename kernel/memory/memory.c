/*
 * memory.c - the order in which the kernel takes over its memory.
 *
 * The page tables need frames, and the frame allocator's bitmap needs page
 * tables that map it: a few early frames precede both.
 */
#include "kernel/memory/memory.h"

#include "kernel/memory/frames.h"
#include "kernel/memory/internal/early_frames.h"
#include "kernel/memory/paging.h"
#include "kernel/memory/physical.h"

const struct boot_info *memory_start(const struct boot_info *info)
{
    uint64_t address = (uint64_t)info - physical_base;

    early_frames_start(physical_pointer(info->memory_map), info->memory_map_entries);
    paging_start(info);
    info = physical_pointer(address);
    frames_start(info);
    paging_use_frames();
    return info;
}
