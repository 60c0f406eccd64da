/*
 * mkheader.c - writes the sectors of the image that describe other sectors.
 *
 *   mkheader stage2 STAGE2.BIN > HEADER          header sector of stage 2
 *   mkheader kernel KERNEL.BIN LOAD ENTRY MEMORY_BYTES > HEADER
 *                                                header sector of the kernel
 *   mkheader table KERNEL.BIN > TABLE            disk signature and partition table
 *   mkheader size KERNEL.BIN                     prints the bytes of the whole image
 *
 * Numbers may be decimal or 0x hexadecimal.  A host program: the structures
 * and limits are the loader's own, from include/.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image_headers.h"
#include "lib/xxh32.h"
#include "mbr.h"

#define CYLINDERS 1024u /* CHS has 10 bits for them */

struct geometry {
    uint32_t heads, sectors; /* sectors of a track */
};

struct file {
    uint8_t *data;
    size_t size;
};

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "mkheader: %s: %s\n", what, why);
    exit(1);
}

/* Reads a whole file; its buffer is padded with zeros to whole sectors. */
static struct file read_file(const char *path)
{
    struct file file = { NULL, 0 };
    FILE *in = fopen(path, "rb");
    size_t got;

    if (in == NULL)
        fail(path, strerror(errno));
    do {
        file.data = realloc(file.data, file.size + SECTOR_SIZE);
        if (file.data == NULL)
            fail(path, "out of memory");
        memset(file.data + file.size, 0, SECTOR_SIZE);
        got = fread(file.data + file.size, 1, SECTOR_SIZE, in);
        file.size += got;
    } while (got == SECTOR_SIZE);
    if (ferror(in))
        fail(path, strerror(errno));
    fclose(in);
    if (file.size == 0)
        fail(path, "the file is empty");
    return file;
}

static uint64_t parse(const char *text)
{
    char *end;
    uint64_t value;

    errno = 0;
    value = strtoull(text, &end, 0);
    if (errno != 0 || end == text || *end != '\0')
        fail(text, "not a number");
    return value;
}

static uint32_t sectors_of(size_t bytes)
{
    return (uint32_t)((bytes + SECTOR_SIZE - 1) / SECTOR_SIZE);
}

static void write_out(const void *data, size_t bytes)
{
    if (fwrite(data, 1, bytes, stdout) != bytes || fflush(stdout) != 0)
        fail("standard output", strerror(errno));
}

static void stage2(const char *path)
{
    struct file code = read_file(path);
    struct stage2_header header = {
        .magic = STAGE2_MAGIC,
        .sectors = sectors_of(code.size) + 1,
    };
    char why[80];

    if (header.sectors > STAGE2_MAX_SECTORS) {
        snprintf(why, sizeof why, "stage 2 is %zu bytes too large",
                 code.size - (STAGE2_MAX_SECTORS - 1) * SECTOR_SIZE);
        fail(path, why);
    }
    header.balance = 0u - header.magic - header.sectors;
    for (size_t i = 0; i < sectors_of(code.size) * (size_t)SECTOR_SIZE; i += 4) {
        uint32_t word;
        memcpy(&word, code.data + i, sizeof word);
        header.balance -= word;
    }
    write_out(&header, sizeof header);
}

static void kernel(const char *path, const char *load, const char *entry, const char *memory)
{
    struct file payload = read_file(path);
    struct kernel_header header = {
        .version = KERNEL_HEADER_VERSION,
        .file_bytes = (uint32_t)payload.size,
        .memory_bytes = (uint32_t)parse(memory),
        .payload_hash = xxh32(payload.data, payload.size),
        .load_address = parse(load),
        .entry = parse(entry),
    };

    if (payload.size > KERNEL_BASE_SIZE || parse(memory) > KERNEL_BASE_SIZE)
        fail(path, "a kernel has room for 2 GiB, no more");
    if (header.memory_bytes < header.file_bytes)
        fail(path, "the kernel's size in memory is smaller than its file");
    memcpy(header.magic, KERNEL_MAGIC, sizeof header.magic);
    header.header_hash = xxh32(&header, offsetof(struct kernel_header, header_hash));
    write_out(&header, sizeof header);
}

/*
 * The image ends with a cylinder, and partition 1 with the image.  SeaBIOS (for
 * El Torito), QEMU and BIOSes with USB sticks take a drive's geometry from
 * the last head and sector in the table: only so can CHS reach all of it.
 */
static struct geometry geometry_for(uint32_t sectors)
{
    static const struct geometry geometries[] = {
        { 2, 18 },   /* the 1.44 MB floppy's */
        { 16, 63 },  /* IDE: 504 MiB in 1024 cylinders */
        { 255, 63 }, /* the largest that every BIOS takes */
    };
    size_t i = 0;

    while (i < 2 && sectors > (i == 0 ? FLOPPY_SECTORS : CYLINDERS * 16 * 63))
        i++;
    return geometries[i];
}

static uint32_t image_sectors(const struct file *payload)
{
    uint32_t sectors = KERNEL_LBA + 1 + sectors_of(payload->size);
    struct geometry g;
    uint32_t cylinder;

    if (sectors < FLOPPY_SECTORS)
        sectors = FLOPPY_SECTORS;
    g = geometry_for(sectors);
    cylinder = g.heads * g.sectors;
    return (sectors + cylinder - 1) / cylinder * cylinder;
}

/* Head, sector with cylinder bits 8-9, cylinder; beyond cylinder 1023 the largest there is. */
static void put_chs(uint8_t chs[3], struct geometry g, uint32_t lba)
{
    uint32_t cylinder = lba / (g.heads * g.sectors);
    uint32_t head = lba / g.sectors % g.heads;
    uint32_t sector = lba % g.sectors + 1;

    if (cylinder >= CYLINDERS) {
        cylinder = CYLINDERS - 1;
        head = g.heads - 1;
        sector = g.sectors;
    }
    chs[0] = (uint8_t)head;
    chs[1] = (uint8_t)(sector | (cylinder >> 2 & 0xc0));
    chs[2] = (uint8_t)cylinder;
}

static void table(const char *path)
{
    struct file payload = read_file(path);
    struct mbr_table t = { .signature = xxh32(payload.data, payload.size) };
    uint32_t end = image_sectors(&payload);
    struct partition p = {
        .status = PARTITION_ACTIVE,
        .type = KERNEL_PARTITION_TYPE,
        .first_lba = KERNEL_LBA,
        .sectors = end - KERNEL_LBA,
    };

    put_chs(p.first_chs, geometry_for(end), p.first_lba);
    put_chs(p.last_chs, geometry_for(end), end - 1);
    t.partitions[0] = p;
    write_out(&t, sizeof t);
}

static void size(const char *path)
{
    struct file payload = read_file(path);

    printf("%llu\n", (unsigned long long)image_sectors(&payload) * SECTOR_SIZE);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "stage2") == 0)
        stage2(argv[2]);
    else if (argc == 6 && strcmp(argv[1], "kernel") == 0)
        kernel(argv[2], argv[3], argv[4], argv[5]);
    else if (argc == 3 && strcmp(argv[1], "table") == 0)
        table(argv[2]);
    else if (argc == 3 && strcmp(argv[1], "size") == 0)
        size(argv[2]);
    else
        fail("usage",
             "mkheader stage2 FILE | kernel FILE LOAD ENTRY MEMORY_BYTES | table FILE | size FILE");
    return 0;
}
