/*
 * image_headers.h - the two headers that the build writes and the loader
 * checks: the one at the start of stage 2 and the one before the kernel.
 *
 * tools/image/headers.c makes them; stage1/stage1.asm, stage2/load_rest.asm and
 * stage2/header_check.c read them.  All numbers are little-endian.
 */
#ifndef FIRSTLIGHT_IMAGE_HEADERS_H
#define FIRSTLIGHT_IMAGE_HEADERS_H

#include <stddef.h>
#include <stdint.h>

#include "layout.h"

/*
 * Stage 2's header: the first bytes of its first sector, before the real-mode
 * loader.  Stage 1 adds up the 32-bit words of the first STAGE2_FIRST_SECTORS;
 * the sum has to be zero, and a word of the header makes it so.
 *
 * A plain sum is enough there only because the number of sectors is odd.  A
 * BIOS that gets sectors wrong may change the same bit in every one: where the
 * bit was set the sum gets smaller, where it was clear larger, and in an even
 * number of sectors that can cancel.  In the checksum of the rest, which has
 * any number, the place of each block counts as well.
 */
struct stage2_header {
    uint32_t magic;    /* STAGE2_MAGIC */
    uint32_t sectors;  /* of all of stage 2: STAGE2_MIN_ to STAGE2_MAX_SECTORS */
    uint32_t balance;  /* makes the first sectors add up to zero */
    uint32_t rest_sum; /* checksum of the rest: STAGE2_SUM_... in layout.h */
};

_Static_assert(offsetof(struct stage2_header, magic) == STAGE2_HEADER_MAGIC, "stage 1 reads it");
_Static_assert(offsetof(struct stage2_header, sectors) == STAGE2_HEADER_SECTORS, "as stage 1");
_Static_assert(offsetof(struct stage2_header, balance) == STAGE2_HEADER_BALANCE, "as layout.h");
_Static_assert(offsetof(struct stage2_header, rest_sum) == STAGE2_HEADER_REST,
               "the real-mode loader reads it");
_Static_assert(sizeof(struct stage2_header) == STAGE2_HEADER_SIZE, "code follows at once");
_Static_assert(STAGE2_FIRST_SECTORS % 2 == 1, "the same change in each sector changes the sum");
_Static_assert(SECTOR_SIZE % STAGE2_SUM_BLOCK == 0, "whole blocks");
_Static_assert(STAGE2_HEADER + STAGE2_HEADER_SIZE == STAGE2_ADDRESS, "code follows at once");
_Static_assert(STAGE2_LBA + STAGE2_MAX_SECTORS <= STUDENT_LBA, "nothing overlaps");
_Static_assert(STUDENT_LBA + STUDENT_SECTORS <= STAGE2_COPY_LBA, "nothing overlaps");
_Static_assert(STUDENT_END - STUDENT_ADDRESS == STUDENT_SECTORS * SECTOR_SIZE, "all of it fits");

#define KERNEL_MAGIC "FLKERNEL"
#define KERNEL_HEADER_VERSION 1

/*
 * The kernel's header.  It fills the first sector of the kernel's partition and
 * is not loaded with the kernel.  `header_hash` covers every byte before it and
 * is checked before any other field is used.
 */
struct kernel_header {
    char magic[8];         /* KERNEL_MAGIC, no terminator */
    uint16_t version;      /* KERNEL_HEADER_VERSION */
    uint16_t flags;        /* none defined: must be 0 */
    uint32_t file_bytes;   /* payload, from the next sector on; at least 1 */
    uint32_t memory_bytes; /* payload and .bss; the loader zeroes the rest */
    uint32_t payload_hash; /* XXH32 of the payload, seed 0 */
    uint64_t load_address; /* physical, a multiple of 4 KiB, at least 1 MiB */
    uint64_t entry;        /* virtual: load_address.. or KERNEL_BASE + it */
    uint8_t unused[SECTOR_SIZE - 44];
    uint32_t header_hash; /* XXH32 of the 508 bytes before, seed 0 */
};

_Static_assert(offsetof(struct kernel_header, load_address) == 24, "no padding");
_Static_assert(offsetof(struct kernel_header, header_hash) == 508, "last in the sector");
_Static_assert(sizeof(struct kernel_header) == SECTOR_SIZE, "one sector");

#endif
