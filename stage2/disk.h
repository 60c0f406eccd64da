/*
 * disk.h - reading the boot drive through the BIOS.
 */
#ifndef STAGE2_DISK_H
#define STAGE2_DISK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Says which drive all reads come from: the BIOS number that stage 1 was
 * given.  Asks for EDD, or for the geometry if there is none or `force_chs`.
 * `verbose` prints every transfer.
 */
void disk_start(uint8_t drive, bool force_chs, bool verbose);

/*
 * Reads `count` sectors (1 to BOUNCE_SECTORS) from `lba` on into the bounce
 * buffer at BOUNCE_ADDRESS and returns its address.  Tries again, in smaller
 * transfers and finally by CHS; then NULL, and disk_describe() says of what.
 */
const void *disk_read(uint64_t lba, uint32_t count) __attribute__((warn_unused_result));

/*
 * For data that arrived and is wrong: some BIOSes say "done" and transfer
 * nothing, or too little.  Each call makes all reads that follow one degree
 * more careful: smaller transfers, then CHS.  False if there is no other way.
 */
bool disk_more_careful(void) __attribute__((warn_unused_result));

/* Back to the fastest way that has not failed by itself. */
void disk_careless(void);

/* The BIOS number of the boot drive. */
uint8_t disk_drive(void);

/* Drive, last LBA asked for, BIOS status and mode, in words for an error message. */
const char *disk_describe(void);

/* "EDD" or "CHS": how sectors are read now; in how many a call at most. */
const char *disk_mode(void);
uint32_t disk_limit(void);

#endif
