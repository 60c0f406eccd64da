/*
 * floppy_table.h - for reads of several sectors from a floppy (disk.c).
 */
#ifndef STAGE2_FLOPPY_TABLE_H
#define STAGE2_FLOPPY_TABLE_H

#include <stdint.h>

/* Before such a read: says that a track has so many sectors, should the BIOS believe in fewer. */
void floppy_table_lengthen(uint8_t sectors_per_track);

/* After it: the table is the BIOS's own again. */
void floppy_table_restore(void);

#endif
