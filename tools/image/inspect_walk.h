/*
 * inspect_walk.h - shared by the inspector's parts while they walk an image.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_INSPECT_WALK_H
#define FIRSTLIGHT_TOOLS_IMAGE_INSPECT_WALK_H

#include "image/inspect.h"
#include "image_headers.h"

struct walk {
    const struct image_source *source;
    struct inspection *result;
    uint64_t covered;            /* the first sector without a finding so far */
    struct stage2_header stage2; /* of an intact stage 2; magic 0: none yet */
    struct kernel_header kernel; /* the last intact one; version 0: none yet */
};

/* One finding about the bytes [first, last]. */
void walk_find(struct walk *w, uint64_t first, uint64_t last, enum finding_state state,
               const char *name, const char *fmt, ...) __attribute__((format(printf, 6, 7)));

/* False if the sector is beyond the end or cannot be read. */
bool walk_read(const struct walk *w, uint64_t lba, void *sector);

/* Judges the sectors between the last part and the next one, `name` at `lba`. */
void walk_begin_part(struct walk *w, uint64_t lba, const char *name);

/* Marks everything before `lba` as judged. */
void walk_end_part(struct walk *w, uint64_t lba);

/* Sectors from the last part to `end`: free if they are zeros. */
void walk_cover_gap(struct walk *w, uint64_t end);

/* `bytes` is at least 1. */
bool walk_is_zero(const uint8_t *data, size_t bytes);

#endif
