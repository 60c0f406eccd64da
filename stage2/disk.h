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
 * transfers and finally by CHS, before it ends the boot with ERROR_DISK_READ.
 */
const void *disk_read(uint64_t lba, uint32_t count);

/* The BIOS number of the boot drive. */
uint8_t disk_drive(void);

/* Drive, last LBA asked for, BIOS status and mode, in words for an error message. */
const char *disk_describe(void);

/* "EDD" or "CHS": how sectors are read now. */
const char *disk_mode(void);

#endif
