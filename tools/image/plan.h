/*
 * plan.h - the layout of an image: its size, geometry and partitions.
 *
 * Pure arithmetic on the numbers of include/layout.h.  Shared by
 * tools/build/mkheader.c (for disk.img.mk), `firstlight-image make` and the
 * inspector.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_PLAN_H
#define FIRSTLIGHT_TOOLS_IMAGE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "mbr.h"

#define COPIES_MAX 2u
#define CYLINDERS 1024u /* CHS has 10 bits for them */

struct plan_geometry {
    uint32_t heads, sectors; /* sectors per track */
};

struct plan {
    uint32_t copies;  /* of stage 2 and of the kernel: 1 or 2 */
    uint32_t sectors; /* of the whole image */
    struct plan_geometry geometry;
    struct {
        uint32_t first, sectors;
    } partitions[COPIES_MAX];
};

/* False if the image would have more sectors than a partition table can address. */
bool plan_image(uint64_t payload_bytes, uint32_t copies, struct plan *plan);

/* Signature and partition table; the first partition is the active one. */
struct mbr_table plan_table(const struct plan *plan, uint32_t signature);

/* Head, sector with cylinder bits 8-9, cylinder; beyond cylinder 1023 the largest possible. */
void plan_chs(uint8_t chs[3], struct plan_geometry geometry, uint32_t lba);

/* The number of sectors for that many bytes. */
uint64_t plan_sectors(uint64_t bytes);

#endif
