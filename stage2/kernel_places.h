/*
 * kernel_places.h - the partitions that may contain the kernel, and which one is tried next.
 */
#ifndef STAGE2_KERNEL_PLACES_H
#define STAGE2_KERNEL_PLACES_H

#include <stdbool.h>

#include "mbr.h"
#include "stage2/error.h"

struct kernel_place {
    const struct partition *partition;
    unsigned number;   /* 1-4, as people count them */
    bool is_hopeless;  /* reading it in another way cannot help */
    char failure[160]; /* what went wrong here, for the final message */
};

/* A cursor: place `at` is being tried, with that much care (disk_set_care()).  Zero at first. */
struct kernel_places {
    struct kernel_place all[PARTITIONS];
    unsigned count, at, care;
    enum error first_error; /* the title of the final message */
};

/* Fills in the partitions of our type, the active one first; ends the boot if there is none. */
void kernel_places_find(struct kernel_places *places);

struct kernel_place *kernel_places_current(struct kernel_places *places);

/* Notes what is wrong with the current place. */
void kernel_places_note(struct kernel_places *places, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * The current place failed with `error`: prints it with the note, and moves to
 * the next place.  After the last place, starts again at the first, with more
 * care.  Ends the boot, with all notes, when nothing is left to try.
 */
void kernel_places_next(struct kernel_places *places, enum error error);

#endif
