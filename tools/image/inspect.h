/*
 * inspect.h - what every byte of an image is, and whether it is correct.
 *
 * Reads through a callback and trusts nothing that it reads: it must cope with garbage.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_INSPECT_H
#define FIRSTLIGHT_TOOLS_IMAGE_INSPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

struct image_source {
    bool (*read)(const struct image_source *source, uint64_t lba, void *sector);
    void *context;
    uint64_t sectors;      /* whole ones */
    const uint8_t *stage1; /* the correct code of the MBR: SECTOR_SIZE bytes */
};

enum finding_state {
    FINDING_RIGHT,
    FINDING_FREE, /* unused zeros */
    FINDING_NOTE, /* unusual, but harmless */
    FINDING_WRONG,
    FINDING_UNREADABLE,
};

/* One part of the image: [first, last], in bytes. */
struct finding {
    uint64_t first, last;
    enum finding_state state;
    char name[40];
    char text[200];
};

#define FINDINGS_MAX 64

struct inspection {
    struct finding findings[FINDINGS_MAX];
    unsigned count;
    unsigned wrong, unreadable;           /* findings in these states */
    unsigned whole_stage2, whole_kernels; /* copies with correct checksums */
};

/* Fills `result`; findings are in the order of their first byte, except for one inside another. */
void inspect_image(const struct image_source *source, struct inspection *result);

/* The verdict in one line. */
const char *inspection_verdict(const struct inspection *result);

const char *finding_state_name(enum finding_state state);

#endif
