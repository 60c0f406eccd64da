/*
 * pc.h - what a PC/AT has at fixed ports and addresses: the CMOS and the BIOS data area.
 */
#ifndef FIRSTLIGHT_LIB_PC_H
#define FIRSTLIGHT_LIB_PC_H

#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71    /* some clock chips hang if no access follows the index */
#define CMOS_NMI_OFF 0x80 /* bit 7 of the index keeps NMIs from the CPU */

/* Offsets in the BIOS data area (BDA_ADDRESS). */
#define BDA_EBDA_SEGMENT 0x0e
#define BDA_KEYBOARD_FLAGS 0x17 /* bits 0-1: a Shift key is held; 4-6: Scroll, Num, Caps Lock */
#define BDA_CURSOR 0x50         /* of page 0: column, then row */
#define BDA_TICKS 0x6c          /* 18.2 a second since midnight */

#endif
