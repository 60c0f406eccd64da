/*
 * floppy_table.h - for reads of several sectors from a floppy (disk.c).
 */
#ifndef STAGE2_FLOPPY_TABLE_H
#define STAGE2_FLOPPY_TABLE_H

#include <stdint.h>

/* Before such a read: if the table says that a track has fewer sectors, makes it say this many. */
void floppy_table_lengthen(uint8_t sectors_per_track);

/* After it: restores the BIOS's table. */
void floppy_table_restore(void);

#endif
