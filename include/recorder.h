/*
 * recorder.h - the flight recorder: which milestones the boot has passed.
 *
 * It is at RECORDER_ADDRESS, written first by stage 2 and then by the kernel,
 * and stays in low memory for all who read it: the kernel, a panic, or a person
 * with the dump of a crashed guest.
 */
#ifndef FIRSTLIGHT_RECORDER_H
#define FIRSTLIGHT_RECORDER_H

#include <stddef.h>
#include <stdint.h>

#include "layout.h"

#define RECORDER_MAGIC 0x43455246 /* "FREC" */
#define RECORDER_MAX 31

/* The milestones: MILESTONE(number, name, text), in the order of the boot. */
enum milestone {
#define MILESTONE(number, name, text) MILESTONE_##name = number,
#include "milestones.def"
#undef MILESTONE
};

struct recorder_entry {
    uint32_t milestone; /* enum milestone */
    uint32_t data;      /* a word that explains the milestone */
    uint64_t tsc;       /* time stamp counter, 0 on a CPU without one */
};

struct recorder {
    uint32_t magic; /* RECORDER_MAGIC */
    uint32_t count; /* entries in use, at most RECORDER_MAX */
    uint16_t ticks; /* low half of the BIOS's tick count when stage 2 began */
    uint8_t unused[6];
    struct recorder_entry entries[RECORDER_MAX];
};

_Static_assert(sizeof(struct recorder) == RECORDER_SIZE, "layout.h sets its room");

#endif
