/*
 * disk.h - reads the boot drive through the BIOS.
 */
#ifndef STAGE2_DISK_H
#define STAGE2_DISK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Sets the drive that all reads come from, by its BIOS number, and whether it
 * `works_by_chs` rather than by EDD, both as the real-mode loader found.
 * `force_chs` forbids EDD; `verbose` prints every transfer.
 */
void disk_start(uint8_t drive, bool works_by_chs, bool force_chs, bool verbose);

/*
 * Reads `count` sectors (1 to BOUNCE_SECTORS), starting at `lba`, into the
 * bounce buffer at BOUNCE_ADDRESS and returns its address.  On failure tries
 * again, in smaller transfers and finally the other way (CHS or EDD); then
 * NULL, and disk_describe() says why.
 */
const void *disk_read(uint64_t lba, uint32_t count) __attribute__((warn_unused_result));

/*
 * For data that arrived wrong: some BIOSes report success and transfer nothing,
 * or too little.  Sets how all further reads begin: 0 the fastest way that
 * works, 1 one sector per call, 2 one sector per call the other way (CHS
 * instead of EDD, or EDD instead of CHS).  False if there is no such way.
 */
#define DISK_MOST_CARE 2
bool disk_set_care(unsigned care) __attribute__((warn_unused_result));

/* The BIOS number of the boot drive. */
uint8_t disk_drive(void);

/* Drive, last LBA read, BIOS status and mode, in words for an error message. */
const char *disk_describe(void);

/* "EDD" or "CHS": how sectors are read now; the maximum number per call. */
const char *disk_mode(void);
uint32_t disk_limit(void);

#endif
