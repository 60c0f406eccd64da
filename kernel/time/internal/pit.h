/*
 * pit.h - the 8254 timer's ports and rates, shared by tsc.c, which uses counter
 * 2, and timer.c, which uses counter 0.  Intel 8254 data sheet.
 */
#ifndef FIRSTLIGHT_KERNEL_TIME_INTERNAL_PIT_H
#define FIRSTLIGHT_KERNEL_TIME_INTERNAL_PIT_H

/* 14.31818 MHz (4 x the NTSC colour burst) / 12 = 1193181.67 Hz: 0.3 ppm less */
#define PIT_HZ 1193182

#define PIT_COUNTER_0 0x40
#define PIT_COUNTER_2 0x42
#define PIT_CONTROL 0x43

/* Control words: low byte then high byte, binary. */
#define PIT_COUNTER_0_MODE_2 0x34 /* rate generator: counts down from N to 1, again and again */
#define PIT_COUNTER_0_LATCH 0x00  /* the next two reads return the count at this moment */
#define PIT_COUNTER_2_MODE_0 0xb0 /* counts down once, then raises its output */

#endif
