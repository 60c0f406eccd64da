/*
 * kernel_load.h - from the partition table to a verified kernel in memory.
 */
#ifndef STAGE2_KERNEL_LOAD_H
#define STAGE2_KERNEL_LOAD_H

#include <stdint.h>

#include "image_headers.h"

struct kernel_image {
    struct kernel_header header; /* checked */
    uint32_t lba;                /* of the header sector */
    uint8_t partition;           /* 1-4 */
};

/* Each prints its line, or ends the boot with what went wrong. */
void kernel_find(struct kernel_image *kernel);
void kernel_load(const struct kernel_image *kernel);
void kernel_verify(const struct kernel_image *kernel);

#endif
