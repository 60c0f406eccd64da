/*
 * kernel_load.c - loads the kernel from the disk: tries each copy and each way
 * of reading until the checksums are right.
 *
 * kernel_places.c decides where to look, and in which order.
 */
#include "stage2/kernel_load.h"

#include <stdbool.h>

#include "layout.h"
#include "lib/milestone.h"
#include "lib/string.h"
#include "lib/xxh32.h"
#include "stage2/console.h"
#include "stage2/disk.h"
#include "stage2/error.h"
#include "stage2/header_check.h"
#include "stage2/memory_map.h"
#include "stage2/options.h"

#define PROGRESS_STEP 0x100000u /* bytes */
#define PROGRESS_DOTS 64u

static void note_read_error(struct kernel_image *kernel)
{
    kernel_places_note(&kernel->places, "partition %u: %s", kernel->partition, disk_describe());
}

static uint64_t last_lba(const struct kernel_image *kernel)
{
    return (uint64_t)kernel->lba + (kernel->header.file_bytes - 1) / SECTOR_SIZE + 1;
}

/* The disk may end before its partition table says; this is noticed before anything is loaded. */
static enum error probe_end(struct kernel_image *kernel)
{
    if (disk_read(last_lba(kernel), 1) != NULL)
        return ERROR_NONE;
    note_read_error(kernel);
    return ERROR_DISK_READ;
}

/* For an intact header that requests the impossible: notes all that it requests. */
static void note_request(struct kernel_image *kernel, uint32_t sectors)
{
    const struct kernel_header *h = &kernel->header;

    kernel_places_note(&kernel->places,
                       "partition %u of %u sectors: load address 0x%llx, entry 0x%llx, %u bytes "
                       "in the file, %u in memory, flags 0x%x",
                       kernel->partition, sectors, (unsigned long long)h->load_address,
                       (unsigned long long)h->entry, h->file_bytes, h->memory_bytes, h->flags);
}

static enum error read_header(struct kernel_image *kernel)
{
    const struct kernel_place *place = kernel_places_current(&kernel->places);
    const void *sector;
    enum error error;

    kernel->partition = (uint8_t)place->number;
    kernel->lba = place->partition->first_lba;
    sector = disk_read(kernel->lba, 1);
    if (sector == NULL) {
        note_read_error(kernel);
        return ERROR_DISK_READ;
    }
    memcpy(&kernel->header, sector, SECTOR_SIZE);
    kernel_places_note(&kernel->places, "partition %u, LBA %u", kernel->partition, kernel->lba);
    error = header_check(&kernel->header, place->partition->sectors);
    if (error == ERROR_HEADER_FIELDS || error == ERROR_PARTITION_SIZE)
        note_request(kernel, place->partition->sectors);
    return error == ERROR_NONE ? probe_end(kernel) : error;
}

void kernel_find(struct kernel_image *kernel)
{
    enum error error;

    kernel_places_find(&kernel->places);
    while ((error = read_header(kernel)) != ERROR_NONE)
        kernel_places_next(&kernel->places, error);
    memory_map_claim_kernel(kernel->header.load_address, kernel->header.memory_bytes);
    print("Kernel: partition %u, LBA %u, %u bytes for address 0x%llx.\n", kernel->partition,
          kernel->lba, kernel->header.file_bytes, (unsigned long long)kernel->header.load_address);
}

/* A line of dots that grows while a large kernel is loaded, as many as fit into the line. */
static void show_progress(uint32_t before, uint32_t now, uint32_t all)
{
    uint32_t step = all / PROGRESS_DOTS > PROGRESS_STEP ? all / PROGRESS_DOTS : PROGRESS_STEP;

    if (option_is_set(OPTION_VERBOSE))
        return; /* each transfer already has a line */
    if (now / step > before / step)
        print("%s.", before < step ? "Reading " : "");
    if (now == all && now >= step)
        print("\n");
}

/* False if a part of it cannot be read. */
static bool read_payload(const struct kernel_image *kernel)
{
    const struct kernel_header *h = &kernel->header;
    uint8_t *to = (uint8_t *)(uintptr_t)h->load_address;
    uint32_t left = h->file_bytes;
    uint64_t lba = (uint64_t)kernel->lba + 1;

    while (left > 0) {
        uint32_t bytes = left < BOUNCE_SECTORS * SECTOR_SIZE ? left : BOUNCE_SECTORS * SECTOR_SIZE;
        uint32_t sectors = (bytes + SECTOR_SIZE - 1) / SECTOR_SIZE;
        uint32_t done = h->file_bytes - left;
        const void *from = disk_read(lba, sectors);

        if (from == NULL)
            return false;
        memcpy(to, from, bytes);
        show_progress(done, done + bytes, h->file_bytes);
        to += bytes;
        lba += sectors;
        left -= bytes;
    }
    memset(to, 0, h->memory_bytes - h->file_bytes);
    return true;
}

/* Reads the payload and compares its hash. */
static enum error load_payload(struct kernel_image *kernel)
{
    const struct kernel_header *h = &kernel->header;
    uint32_t found;

    if (!read_payload(kernel)) {
        note_read_error(kernel);
        return ERROR_DISK_READ;
    }
    milestone_stamp(MILESTONE_KERNEL_LOADED, h->file_bytes);
    found = xxh32((const void *)(uintptr_t)h->load_address, h->file_bytes);
    kernel_places_note(&kernel->places,
                       "partition %u, LBA %u to %llu: XXH32 %08x found, %08x expected",
                       kernel->partition, kernel->lba + 1, (unsigned long long)last_lba(kernel),
                       found, h->payload_hash);
    return found == h->payload_hash ? ERROR_NONE : ERROR_KERNEL_HASH;
}

/*
 * Loads another copy, or the same one again.  Its header has to be identical to
 * the first one: another kernel is not a copy, and its memory has not been
 * claimed.
 */
static enum error load_one(struct kernel_image *kernel)
{
    struct kernel_header first = kernel->header;
    enum error error = read_header(kernel);

    if (error == ERROR_NONE && memcmp(&first, &kernel->header, sizeof first) != 0)
        error = ERROR_NOT_A_COPY;
    kernel->header = first;
    return error == ERROR_NONE ? load_payload(kernel) : error;
}

void kernel_load(struct kernel_image *kernel)
{
    enum error error = load_payload(kernel); /* its header has just been read */

    while (error != ERROR_NONE) {
        kernel_places_next(&kernel->places, error);
        error = load_one(kernel);
    }
    print("Loaded: LBA %u to %llu by %s, XXH32 %08x matches its header.\n", kernel->lba + 1,
          (unsigned long long)last_lba(kernel), disk_mode(), kernel->header.payload_hash);
}
