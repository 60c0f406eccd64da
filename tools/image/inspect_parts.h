/*
 * inspect_parts.h - the parts of an image, each judged by its own function.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_INSPECT_PARTS_H
#define FIRSTLIGHT_TOOLS_IMAGE_INSPECT_PARTS_H

#include "image/inspect_walk.h"
#include "mbr.h"
#include "stage2/error.h"

/* The loader's text for an error. */
const char *inspect_error_text(enum error error);

/* Sector 0; false if it cannot be read. */
bool inspect_mbr(struct walk *w, struct mbr_table *table);

/* Header and code of stage 2 at `lba`. */
void inspect_stage2(struct walk *w, uint64_t lba, bool is_copy);

/* Header and payload in partition number `index` + 1. */
void inspect_kernel(struct walk *w, unsigned index, const struct partition *p);

#endif
