/*
 * kernel_load.h - from the partition table to a verified kernel in memory.
 */
#ifndef STAGE2_KERNEL_LOAD_H
#define STAGE2_KERNEL_LOAD_H

#include <stdint.h>

#include "image_headers.h"
#include "stage2/kernel_places.h"

struct kernel_image {
    struct kernel_header header; /* checked */
    uint32_t lba;                /* of the header sector */
    uint8_t partition;           /* 1-4 */
    struct kernel_places places; /* where else it may be */
};

/*
 * Finds the kernel's partition and reads its header, from the second copy if
 * the first is damaged.  Claims the kernel's memory.  Prints one line, or ends
 * the boot with an error.
 */
void kernel_find(struct kernel_image *kernel);

/*
 * Loads the kernel to its load address and verifies its checksum: from the
 * first copy, from the second, and then from both again with more care.
 */
void kernel_load(struct kernel_image *kernel);

#endif
