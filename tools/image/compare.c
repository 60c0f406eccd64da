/*
 * compare.c - firstlight-image compare: compares a stick with the image.
 *
 * What other systems may legitimately write is reported, but ignored: the room
 * for a BPB, the time stamp of DOS and Windows, the disk signature, and
 * everything after the end of the image.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/commands.h"
#include "image/disk_source.h"
#include "image/file.h"

/* The parts of an image by their first byte; the last one is open-ended. */
static const struct part {
    uint64_t first;
    const char *name;
    bool others_write_here;
} parts[] = {
    {0, "MBR: jump", false},
    {3, "MBR: room for a BPB", true},
    {MBR_CODE_OFFSET, "MBR: code", false},
    {MBR_SIGNATURE_OFFSET, "MBR: disk signature", true},
    {MBR_TABLE_OFFSET, "MBR: partition table", false},
    {MBR_MAGIC_OFFSET, "MBR: magic number", false},
    {STAGE2_LBA * SECTOR_SIZE, "stage 2", false},
    {(STAGE2_LBA + STAGE2_MAX_SECTORS) * SECTOR_SIZE, "gap", false},
    {STAGE2_COPY_LBA * SECTOR_SIZE, "stage 2, copy", false},
    {(STAGE2_COPY_LBA + STAGE2_MAX_SECTORS) * SECTOR_SIZE, "gap", false},
    {(uint64_t)KERNEL_LBA * SECTOR_SIZE, "kernel partitions", false},
};

#define PARTS (sizeof parts / sizeof parts[0])

struct difference {
    uint64_t bytes, first;
};

static size_t part_of(uint64_t byte)
{
    size_t i = PARTS - 1;

    while (parts[i].first > byte)
        i--;
    return i;
}

static void compare_sector(uint64_t lba, const uint8_t *a, const uint8_t *b,
                           struct difference found[PARTS])
{
    if (memcmp(a, b, SECTOR_SIZE) == 0)
        return;
    for (unsigned i = 0; i < SECTOR_SIZE; i++) {
        uint64_t at = lba * SECTOR_SIZE + i;
        struct difference *d = &found[part_of(at)];

        if (a[i] != b[i] && d->bytes++ == 0)
            d->first = at;
    }
}

static int report(const char *image, const char *stick, const struct difference found[PARTS])
{
    int status = 0;

    for (size_t i = 0; i < PARTS; i++) {
        if (found[i].bytes == 0)
            continue;
        printf("%s: %" PRIu64 " %s, the first at %" PRIx64 "h%s\n", parts[i].name, found[i].bytes,
               found[i].bytes == 1 ? "byte differs" : "bytes differ", found[i].first,
               parts[i].others_write_here ? " (ignored: other systems write here)" : "");
        if (!parts[i].others_write_here)
            status = 1;
    }
    printf("%s is %s %s\n", stick, status == 0 ? "the same as" : "not the same as", image);
    return status;
}

int command_compare(int argc, char **argv)
{
    struct difference found[PARTS] = {{0, 0}};
    struct image_source image, stick;
    uint8_t a[SECTOR_SIZE], b[SECTOR_SIZE];
    uint64_t bytes;

    if (argc != 2) {
        fprintf(stderr, "%s: usage: compare IMAGE STICK\n", program_name);
        return 2;
    }
    bytes = disk_open(argv[0], &image);
    disk_open(argv[1], &stick);
    if (bytes == 0 || bytes % SECTOR_SIZE != 0) { /* otherwise all of it might equal anything */
        fprintf(stderr,
                "%s: %s: %" PRIu64 " bytes cannot be an image, which consists of whole sectors\n",
                program_name, argv[0], bytes);
        return 2;
    }
    if (stick.sectors < image.sectors) {
        printf("%s ends at LBA %" PRIu64 ", the image at %" PRIu64 "\n", argv[1], stick.sectors,
               image.sectors);
        return 1;
    }
    for (uint64_t lba = 0; lba < image.sectors; lba++) {
        if (!image.read(&image, lba, a) || !stick.read(&stick, lba, b)) {
            printf("LBA %" PRIu64 " cannot be read\n", lba);
            return 2;
        }
        compare_sector(lba, a, b, found);
    }
    return report(argv[0], argv[1], found);
}
