/*
 * mkheader.c - writes the headers and the partition table of an image.
 *
 *   mkheader stage2 STAGE2.BIN > FILE            stage 2 with its header filled in
 *   mkheader kernel KERNEL.BIN LOAD ENTRY MEMORY_BYTES > HEADER
 *                                                header sector of the kernel
 *   mkheader table KERNEL.BIN [COPIES] > TABLE   disk signature and partition table
 *   mkheader size KERNEL.BIN [COPIES]            prints the size of the whole image in bytes
 *   mkheader copy KERNEL.BIN                     prints where the kernel's second copy starts (LBA)
 *
 * Numbers may be decimal or 0x hexadecimal.  disk.img.mk assembles the image with dd;
 * the content of these sectors comes from tools/image/, which firstlight-image
 * also uses.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "image/file.h"
#include "image/headers.h"
#include "image/plan.h"
#include "lib/xxh32.h"

static struct file read_payload(const char *path)
{
    struct file file = file_read(path, KERNEL_BASE_SIZE);

    if (file.size == 0)
        fail(path, "the file is empty");
    return file;
}

static void write_out(const void *data, size_t bytes)
{
    if (fwrite(data, 1, bytes, stdout) != bytes || fflush(stdout) != 0)
        fail("standard output", strerror(errno));
}

static void stage2(const char *path)
{
    struct file code = read_payload(path);
    struct stage2_header header;
    size_t excess = make_stage2_header(code.data, code.size, &header);
    char why[80];

    if (excess > 0) {
        snprintf(why, sizeof why, "stage 2 is %zu bytes too large", excess);
        fail(path, why);
    }
    memcpy(code.data, &header, sizeof header);
    write_out(code.data, code.size);
}

static void kernel(const char *path, const char *load, const char *entry, const char *memory)
{
    struct file payload = read_payload(path);
    struct kernel_wishes wishes = {parse_number("load address", load), parse_number("entry", entry),
                                   parse_number("size in memory", memory)};
    struct kernel_header header;
    const char *wrong = make_kernel_header(payload.data, payload.size, &wishes, &header);

    if (wrong != NULL)
        fail(path, wrong);
    write_out(&header, sizeof header);
}

static struct plan plan_for(const struct file *payload, const char *copies)
{
    struct plan plan;

    if (!plan_image(payload->size, copies[0] == '2' ? 2 : 1, &plan))
        fail("image", "too large for a partition table");
    return plan;
}

static void table(const char *path, const char *copies)
{
    struct file payload = read_payload(path);
    struct plan plan = plan_for(&payload, copies);
    struct mbr_table t = plan_table(&plan, xxh32(payload.data, payload.size));

    write_out(&t, sizeof t);
}

static void size(const char *path, const char *copies)
{
    struct file payload = read_payload(path);

    printf("%llu\n", (unsigned long long)plan_for(&payload, copies).sectors * SECTOR_SIZE);
}

static void copy(const char *path)
{
    struct file payload = read_payload(path);

    printf("%u\n", plan_for(&payload, "2").partitions[1].first);
}

int main(int argc, char **argv)
{
    const char *copies = argc == 4 ? argv[3] : "1";

    program_name = "mkheader";
    if (argc == 3 && strcmp(argv[1], "stage2") == 0)
        stage2(argv[2]);
    else if (argc == 6 && strcmp(argv[1], "kernel") == 0)
        kernel(argv[2], argv[3], argv[4], argv[5]);
    else if ((argc == 3 || argc == 4) && strcmp(argv[1], "table") == 0)
        table(argv[2], copies);
    else if ((argc == 3 || argc == 4) && strcmp(argv[1], "size") == 0)
        size(argv[2], copies);
    else if (argc == 3 && strcmp(argv[1], "copy") == 0)
        copy(argv[2]);
    else
        fail("usage", "mkheader stage2 FILE | kernel FILE LOAD ENTRY MEMORY_BYTES | "
                      "table FILE [COPIES] | size FILE [COPIES] | copy FILE");
    return 0;
}
