/*
 * match.c - firstlight-image match: whether the kernel in an image is what its ELF file says.
 *
 * Exit status 0: it is (or the file is from another build, which a note says); 1: it is not, and
 * two lines say how and what to try; 2: one of the files cannot be read, or has no kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/commands.h"
#include "image/elf_kernel.h"
#include "image/file.h"
#include "mbr.h"

/* The active partition's kernel and what its header requests; false if there is none. */
static bool kernel_of(const struct file *image, struct file *flat, struct kernel_wishes *wishes)
{
    struct mbr_table table;
    struct kernel_header header;

    if (image->size < SECTOR_SIZE)
        return false;
    memcpy(&table, image->data + MBR_SIGNATURE_OFFSET, sizeof table);
    for (size_t i = 0; i < PARTITIONS; i++) {
        struct partition p = table.partitions[i];
        uint64_t at = (uint64_t)p.first_lba * SECTOR_SIZE;

        if (p.status != PARTITION_ACTIVE || p.type != KERNEL_PARTITION_TYPE ||
            at + SECTOR_SIZE > image->size)
            continue;
        memcpy(&header, image->data + at, sizeof header);
        at += SECTOR_SIZE;
        if (memcmp(header.magic, KERNEL_MAGIC, sizeof header.magic) != 0 ||
            header.file_bytes > image->size - at)
            return false;
        *flat = (struct file){image->data + at, header.file_bytes};
        *wishes = (struct kernel_wishes){header.load_address, header.entry, header.memory_bytes};
        return true;
    }
    return false;
}

int command_match(int argc, char **argv)
{
    struct problem problem;
    struct kernel_wishes wishes;
    struct file image, elf, flat;

    if (argc != 2) {
        fprintf(stderr, "%s: match: needs an image and an ELF file\n", program_name);
        return 2;
    }
    image = file_read(argv[0], SIZE_MAX / 4);
    elf = file_read(argv[1], KERNEL_BASE_SIZE);
    if (!elf_is(&elf) || !kernel_of(&image, &flat, &wishes)) {
        fprintf(stderr, "%s: match: %s: there is no kernel to compare\n", program_name,
                elf_is(&elf) ? argv[0] : argv[1]);
        return 2;
    }
    if (!elf_problem(&elf, &problem)) {
        switch (elf_compare(&elf, &flat, &wishes, &problem)) {
        case ELF_MATCHES: return 0;
        case ELF_OTHER_BUILD:
            printf("note: %s is from another build: its code is not the image's\n", argv[1]);
            return 0;
        case ELF_DIFFERS: break;
        }
    }
    printf("%s.\n%s.\n", problem.cause, problem.advice);
    return 1;
}
