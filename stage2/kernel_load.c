/*
 * kernel_load.c - finds the kernel's partition, reads the kernel to its load
 * address and checks that it arrived as the build wrote it.
 *
 * The partition table is the one in the MBR that the BIOS loaded: it still
 * lies at MBR_ADDRESS.
 */
#include "stage2/kernel_load.h"

#include "layout.h"
#include "lib/string.h"
#include "lib/xxh32.h"
#include "mbr.h"
#include "stage2/disk.h"
#include "stage2/error.h"
#include "stage2/firmware_memory.h"
#include "stage2/header_check.h"
#include "stage2/console.h"

static const struct mbr_table *const table =
    (const struct mbr_table *)(MBR_ADDRESS + MBR_SIGNATURE_OFFSET);

/* Index of the active partition of our type, or PARTITIONS if there is none. */
static unsigned find_partition(void)
{
    unsigned i = 0;

    while (i < PARTITIONS && (table->partitions[i].status != PARTITION_ACTIVE ||
                              table->partitions[i].type != KERNEL_PARTITION_TYPE))
        i++;
    return i;
}

void kernel_find(struct kernel_image *kernel)
{
    unsigned index = find_partition();
    enum error error;

    if (index == PARTITIONS)
        fatal(ERROR_NO_PARTITION, "types %02Xh %02Xh %02Xh %02Xh", table->partitions[0].type,
              table->partitions[1].type, table->partitions[2].type, table->partitions[3].type);
    kernel->partition = (uint8_t)(index + 1);
    kernel->lba = table->partitions[index].first_lba;
    memcpy(&kernel->header, disk_read(kernel->lba, 1), SECTOR_SIZE);
    error = kernel_header_check(&kernel->header);
    if (error != ERROR_NONE)
        fatal(error, "partition %u, LBA %u", index + 1, kernel->lba);
    memory_map_claim_kernel(kernel->header.load_address, kernel->header.memory_bytes);
    print("Kernel: partition %u, LBA %u, %u bytes for address 0x%llx.\n", index + 1, kernel->lba,
          kernel->header.file_bytes, (unsigned long long)kernel->header.load_address);
}

void kernel_load(const struct kernel_image *kernel)
{
    const struct kernel_header *h = &kernel->header;
    uint8_t *to = (uint8_t *)(uintptr_t)h->load_address;
    uint32_t left = h->file_bytes;
    uint64_t lba = (uint64_t)kernel->lba + 1;

    while (left > 0) {
        uint32_t bytes = left < BOUNCE_SECTORS * SECTOR_SIZE ? left : BOUNCE_SECTORS * SECTOR_SIZE;
        uint32_t sectors = (bytes + SECTOR_SIZE - 1) / SECTOR_SIZE;

        memcpy(to, disk_read(lba, sectors), bytes);
        to += bytes;
        lba += sectors;
        left -= bytes;
    }
    memset(to, 0, h->memory_bytes - h->file_bytes);
}

void kernel_verify(const struct kernel_image *kernel)
{
    const struct kernel_header *h = &kernel->header;
    uint32_t found = xxh32((const void *)(uintptr_t)h->load_address, h->file_bytes);
    uint32_t last = kernel->lba + (h->file_bytes + SECTOR_SIZE - 1) / SECTOR_SIZE;

    if (found != h->payload_hash)
        fatal(ERROR_KERNEL_HASH, "LBA %u to %u: XXH32 %08x found, %08x expected", kernel->lba + 1,
              last, found, h->payload_hash);
    print("Loaded: LBA %u to %u by %s, XXH32 %08x as its header says.\n", kernel->lba + 1, last,
          disk_mode(), found);
}
