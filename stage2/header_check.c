/*
 * header_check.c - the rules for a kernel's header (docs/boot-protocol.md).
 */
#include "stage2/header_check.h"

#include <stdbool.h>

#include "lib/string.h"
#include "lib/xxh32.h"

#define PAGE_SIZE 4096u

/* The range is between 1 MiB and 2 GiB: mapped twice, and without BIOS data. */
static bool range_is_possible(const struct kernel_header *h)
{
    return h->file_bytes >= 1 && h->file_bytes <= h->memory_bytes &&
           h->load_address % PAGE_SIZE == 0 && h->load_address >= KERNEL_LOAD_ADDRESS &&
           h->load_address < KERNEL_BASE_SIZE &&
           h->memory_bytes <= KERNEL_BASE_SIZE - h->load_address;
}

/* The entry is in the kernel's file, in either of its two mappings. */
static bool entry_is_possible(const struct kernel_header *h)
{
    uint64_t physical = h->entry >= KERNEL_BASE ? h->entry - KERNEL_BASE : h->entry;

    return physical >= h->load_address && physical - h->load_address < h->file_bytes;
}

static bool fits_partition(const struct kernel_header *h, uint32_t sectors)
{
    return sectors >= 1 && (h->file_bytes - 1) / SECTOR_SIZE + 1 <= sectors - 1;
}

enum error header_check(const struct kernel_header *h, uint32_t sectors)
{
    if (memcmp(h->magic, KERNEL_MAGIC, sizeof h->magic) != 0)
        return ERROR_HEADER_MAGIC;
    if (xxh32(h, offsetof(struct kernel_header, header_hash)) != h->header_hash)
        return ERROR_HEADER_HASH;
    if (h->version != KERNEL_HEADER_VERSION)
        return ERROR_HEADER_VERSION;
    if (h->flags != 0 || !range_is_possible(h) || !entry_is_possible(h))
        return ERROR_HEADER_FIELDS;
    if (!fits_partition(h, sectors))
        return ERROR_PARTITION_SIZE;
    return ERROR_NONE;
}
