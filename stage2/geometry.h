/*
 * geometry.h - cylinder, head, sector: how a BIOS without EDD addresses a disk.
 */
#ifndef STAGE2_GEOMETRY_H
#define STAGE2_GEOMETRY_H

#include <stdbool.h>
#include <stdint.h>

/* The answer of INT 13h 08h; sectors_per_track = 0 means that it is unusable. */
struct geometry {
    uint16_t heads;            /* 1 to 256 */
    uint8_t sectors_per_track; /* 1 to 63 */
};

struct chs {
    uint16_t cylinder; /* 0 to 1023 */
    uint8_t head;
    uint8_t sector; /* from 1 */
};

/* Decodes INT 13h 08h: CL bits 0-5 are the sectors, DH the last head. */
struct geometry geometry_from_bios(uint8_t cl, uint8_t dh);

/* Where `lba` is; false if it is beyond cylinder 1023 or the geometry is unusable. */
bool geometry_locate(struct geometry g, uint64_t lba, struct chs *chs);

/* Sectors from `lba` to the end of its track: a transfer must not cross it. */
uint32_t geometry_left_in_track(struct geometry g, uint64_t lba);

/* CX for INT 13h 02h: low bits of the cylinder in CH, high bits above the sector in CL. */
uint16_t geometry_cx(struct chs chs);

#endif
