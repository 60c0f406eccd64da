/*
 * mbr.h - the part of the MBR that is not code: disk signature and partition table.
 */
#ifndef FIRSTLIGHT_MBR_H
#define FIRSTLIGHT_MBR_H

#include <stddef.h>
#include <stdint.h>

#include "layout.h"

#define PARTITIONS 4
#define PARTITION_ACTIVE 0x80

struct partition {
    uint8_t status;       /* PARTITION_ACTIVE or 0 */
    uint8_t first_chs[3]; /* head; sector and cylinder bits 8-9; cylinder */
    uint8_t type;
    uint8_t last_chs[3];
    uint32_t first_lba;
    uint32_t sectors;
};

/* What is between the MBR's code and its magic number, from MBR_SIGNATURE_OFFSET on. */
struct mbr_table {
    uint32_t signature; /* identifies the disk; ours is the kernel payload's hash */
    uint16_t reserved;
    struct partition partitions[PARTITIONS];
} __attribute__((packed));

_Static_assert(sizeof(struct partition) == 16, "as every PC has it");
_Static_assert(sizeof(struct mbr_table) == MBR_MAGIC_OFFSET - MBR_SIGNATURE_OFFSET, "fits");
_Static_assert(offsetof(struct mbr_table, partitions) == MBR_TABLE_OFFSET - MBR_SIGNATURE_OFFSET,
               "fits");

#endif
