/*
 * geometry.c - from a linear block address to cylinder, head and sector.
 *
 * Divisions are 32 bits wide: everything that CHS can reach is below 1024 * 256
 * * 63 sectors.  IBM PC/AT Technical Reference, INT 13h.
 */
#include "stage2/geometry.h"

#define CYLINDERS 1024u

struct geometry geometry_from_bios(uint8_t cl, uint8_t dh)
{
    return (struct geometry){.heads = (uint16_t)(dh + 1), .sectors_per_track = cl & 0x3f};
}

bool geometry_locate(struct geometry g, uint64_t lba, struct chs *chs)
{
    uint32_t per_cylinder = (uint32_t)g.heads * g.sectors_per_track;
    uint32_t block = (uint32_t)lba;

    if (per_cylinder == 0 || lba >= (uint64_t)CYLINDERS * per_cylinder)
        return false;
    chs->cylinder = (uint16_t)(block / per_cylinder);
    chs->head = (uint8_t)(block % per_cylinder / g.sectors_per_track);
    chs->sector = (uint8_t)(block % g.sectors_per_track + 1);
    return true;
}

uint32_t geometry_left_in_track(struct geometry g, uint64_t lba)
{
    return g.sectors_per_track - (uint32_t)lba % g.sectors_per_track;
}

uint16_t geometry_cx(struct chs chs)
{
    return (uint16_t)(chs.cylinder << 8 | (chs.cylinder >> 2 & 0xc0) | chs.sector);
}
