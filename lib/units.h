/* units.h - how many of the small ones make a large one. */
#ifndef FIRSTLIGHT_LIB_UNITS_H
#define FIRSTLIGHT_LIB_UNITS_H

#define KIB 1024u
#define MIB 0x100000u
#define GIB 0x40000000u

#define US_PER_MS 1000u
#define US_PER_SECOND 1000000u
#define MS_PER_SECOND 1000u

#endif
