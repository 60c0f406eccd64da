/*
 * floppy_table.c - tells the BIOS where the tracks of this floppy end.
 *
 * INT 1Eh points to the BIOS's diskette parameters.  The BIOSes of the PC and
 * AT, and many later ones, pass the "last sector of a track" in it to the
 * controller (EOT), whatever is in the drive.  With 15 there and 18 on the
 * track, the controller continues after sector 15 with sector 1 of the other
 * head, and reports success.  IBM PC/AT Technical Reference, DISK_BASE; uPD765
 * data sheet, READ DATA.
 *
 * The table is only changed around each read, so that nothing needs to be
 * restored when control passes to the kernel, to stage 1, or to the next boot
 * device.
 */
#include "stage2/floppy_table.h"

#include "lib/string.h"
#include "stage2/bios.h"

#define VECTOR 0x1e    /* not a handler but a pointer */
#define TABLE_BYTES 14 /* the PC has 11, some have more */
#define LAST_SECTOR 4  /* offset of EOT */

static uint32_t bios_table; /* real mode's pointer: segment, offset */
BIOS_REACHES static uint8_t own_table[TABLE_BYTES];

void floppy_table_lengthen(uint8_t sectors_per_track)
{
    const uint8_t *table;

    bios_table = interrupt_vector_table[VECTOR];
    table = (const uint8_t *)((bios_table >> 16) * 16 + (bios_table & 0xffff));
    if (bios_table == 0 || table[LAST_SECTOR] >= sectors_per_track)
        return;
    memcpy(own_table, table, sizeof own_table);
    own_table[LAST_SECTOR] = sectors_per_track;
    interrupt_vector_table[VECTOR] = (uint32_t)own_table; /* segment 0 */
}

void floppy_table_restore(void)
{
    interrupt_vector_table[VECTOR] = bios_table;
}
