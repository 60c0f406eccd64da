/*
 * kernel_load.c - the kernel from the disk to its load address, from the first
 * place and in the first way that gives one with the right checksums.
 *
 * The places are the partitions of our type: the active one, then the others
 * (second copies).  The partition table is the one in the MBR that the BIOS
 * loaded: it still lies at MBR_ADDRESS.
 *
 * A wrong checksum leads to the next place first, and only after the last one to
 * reading them all more carefully: bits that changed on the disk are by far the
 * likelier cause, and reading a big kernel once more in vain takes seconds.
 */
#include "stage2/kernel_load.h"

#include <stdbool.h>

#include "layout.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/xxh32.h"
#include "mbr.h"
#include "stage2/console.h"
#include "stage2/disk.h"
#include "stage2/error.h"
#include "stage2/firmware_memory.h"
#include "stage2/header_check.h"
#include "stage2/milestones.h"
#include "stage2/options.h"

#define PROGRESS_STEP 0x100000u /* bytes */
#define PROGRESS_DOTS 64u

static const struct mbr_table *const table =
    (const struct mbr_table *)(MBR_ADDRESS + MBR_SIGNATURE_OFFSET);

/* The partitions to try, by index, the active one first; how carefully they are read (disk.h). */
static uint8_t places[PARTITIONS];
static unsigned place_count, place, care;
static bool is_hopeless[PARTITIONS]; /* reading it in another way can't help */

/* What went wrong at each place, for the last message; `first_error` is its title. */
static char failures[PARTITIONS][160];
static enum error first_error;

static void add_places(bool active)
{
    for (unsigned i = 0; i < PARTITIONS; i++)
        if (table->partitions[i].type == KERNEL_PARTITION_TYPE &&
            (table->partitions[i].status == PARTITION_ACTIVE) == active)
            places[place_count++] = (uint8_t)i;
}

static void find_places(void)
{
    add_places(true);
    if (place_count == 0)
        fatal(ERROR_NO_PARTITION, "types %02Xh %02Xh %02Xh %02Xh", table->partitions[0].type,
              table->partitions[1].type, table->partitions[2].type, table->partitions[3].type);
    add_places(false);
}

/* Every failure so far, and the end of the boot. */
static void __attribute__((noreturn)) give_up(void)
{
    char all[sizeof failures + 16] = "";
    size_t length = 0;

    for (unsigned i = 0; i < place_count; i++)
        length += format_string(all + length, sizeof all - length, "%s%s", i ? "; " : "",
                                failures[i]);
    fatal(first_error, "%s", all);
}

/* Bits may have changed on the way here; a header whose hash is right says what it says. */
static bool may_arrive_better(enum error error)
{
    return error == ERROR_HEADER_MAGIC || error == ERROR_HEADER_HASH || error == ERROR_KERNEL_HASH;
}

/* The next place; behind the last one the first again, with more care.  False if none is left. */
static bool next_way(void)
{
    do {
        if (++place == place_count) {
            place = 0;
            care++;
        }
    } while (is_hopeless[place] && care <= DISK_MOST_CARE);
    return disk_set_care(care);
}

/* Says what is wrong with this place and how it goes on.  Ends the boot when nothing is left. */
static void try_otherwise(enum error error)
{
    if (first_error == ERROR_NONE)
        first_error = error;
    print("%sE%d, %s:\n  %s.\n", console_column() != 0 ? "\n" : "", error, error_text(error),
          failures[place]);
    is_hopeless[place] = !may_arrive_better(error);
    if (!next_way())
        give_up();
    print("  Trying partition %u, by %s, at most %u sectors a call.\n", places[place] + 1,
          disk_mode(), disk_limit());
}

static void note_read_error(const struct kernel_image *kernel)
{
    format_string(failures[place], sizeof failures[place], "partition %u: %s", kernel->partition,
                  disk_describe());
}

static uint64_t last_lba(const struct kernel_image *kernel)
{
    return (uint64_t)kernel->lba + (kernel->header.file_bytes - 1) / SECTOR_SIZE + 1;
}

/* The disk may be shorter than its partition table says: that shows before anything is loaded. */
static enum error probe_end(const struct kernel_image *kernel)
{
    if (disk_read(last_lba(kernel), 1) != NULL)
        return ERROR_NONE;
    note_read_error(kernel);
    return ERROR_DISK_READ;
}

/* For an intact header that asks for the impossible: all that it asks for. */
static void note_request(const struct kernel_image *kernel, uint32_t sectors)
{
    const struct kernel_header *h = &kernel->header;

    format_string(failures[place], sizeof failures[place],
                  "partition %u of %u sectors: load address 0x%llx, entry 0x%llx, %u bytes in the "
                  "file, %u in memory, flags 0x%x", kernel->partition, sectors,
                  (unsigned long long)h->load_address, (unsigned long long)h->entry,
                  h->file_bytes, h->memory_bytes, h->flags);
}

static enum error read_header(struct kernel_image *kernel)
{
    const struct partition *partition = &table->partitions[places[place]];
    const void *sector;
    enum error error;

    kernel->partition = places[place] + 1;
    kernel->lba = partition->first_lba;
    sector = disk_read(kernel->lba, 1);
    if (sector == NULL) {
        note_read_error(kernel);
        return ERROR_DISK_READ;
    }
    memcpy(&kernel->header, sector, SECTOR_SIZE);
    format_string(failures[place], sizeof failures[place], "partition %u, LBA %u",
                  kernel->partition, kernel->lba);
    error = kernel_header_check(&kernel->header, partition->sectors);
    if (error == ERROR_HEADER_FIELDS || error == ERROR_PARTITION_SIZE)
        note_request(kernel, partition->sectors);
    return error == ERROR_NONE ? probe_end(kernel) : error;
}

void kernel_find(struct kernel_image *kernel)
{
    enum error error;

    find_places();
    while ((error = read_header(kernel)) != ERROR_NONE)
        try_otherwise(error);
    memory_map_claim_kernel(kernel->header.load_address, kernel->header.memory_bytes);
    print("Kernel: partition %u, LBA %u, %u bytes for address 0x%llx.\n", kernel->partition,
          kernel->lba, kernel->header.file_bytes, (unsigned long long)kernel->header.load_address);
}

/* A line grows while a large kernel comes: a dot each step, no more than fit into the line. */
static void show_progress(uint32_t before, uint32_t now, uint32_t all)
{
    uint32_t step = all / PROGRESS_DOTS > PROGRESS_STEP ? all / PROGRESS_DOTS : PROGRESS_STEP;

    if (option_is_set(OPTION_VERBOSE))
        return; /* each transfer has a line then */
    if (now / step > before / step)
        print("%s.", before < step ? "Reading " : "");
    if (now == all && now >= step)
        print("\n");
}

/* False if a part of it can't be read. */
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
static enum error bring(const struct kernel_image *kernel)
{
    const struct kernel_header *h = &kernel->header;
    uint32_t found;

    if (!read_payload(kernel)) {
        note_read_error(kernel);
        return ERROR_DISK_READ;
    }
    recorder_stamp(MILESTONE_KERNEL_LOADED, h->file_bytes);
    found = xxh32((const void *)(uintptr_t)h->load_address, h->file_bytes);
    format_string(failures[place], sizeof failures[place],
                  "partition %u, LBA %u to %llu: XXH32 %08x found, %08x expected",
                  kernel->partition, kernel->lba + 1, (unsigned long long)last_lba(kernel), found,
                  h->payload_hash);
    return found == h->payload_hash ? ERROR_NONE : ERROR_KERNEL_HASH;
}

/*
 * Goes on with another place, or the same one.  Its header has to say what the
 * first one said: another kernel is no copy, and its memory is not claimed.
 */
static enum error find_again(struct kernel_image *kernel)
{
    struct kernel_header first = kernel->header;
    enum error error = read_header(kernel);

    if (error == ERROR_NONE && memcmp(&first, &kernel->header, sizeof first) != 0)
        error = ERROR_NOT_A_COPY;
    kernel->header = first;
    return error;
}

void kernel_load(struct kernel_image *kernel)
{
    enum error error;

    while ((error = bring(kernel)) != ERROR_NONE)
        do
            try_otherwise(error);
        while ((error = find_again(kernel)) != ERROR_NONE);
    print("Loaded: LBA %u to %llu by %s, XXH32 %08x as its header says.\n", kernel->lba + 1,
          (unsigned long long)last_lba(kernel), disk_mode(), kernel->header.payload_hash);
}
