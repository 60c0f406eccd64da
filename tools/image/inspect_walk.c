/*
 * inspect_walk.c - collects the findings of a walk, and judges what is between the parts.
 */
#include "image/inspect_walk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define GAP_MAX 0x200000u /* sectors, 1 GiB: a disk that others use is not read completely */

void walk_find(struct walk *w, uint64_t first, uint64_t last, enum finding_state state,
               const char *name, const char *fmt, ...)
{
    struct inspection *r = w->result;
    struct finding *f = &r->findings[r->count];
    va_list args;

    r->wrong += state == FINDING_WRONG;
    r->unreadable += state == FINDING_UNREADABLE;
    if (r->count == FINDINGS_MAX)
        return; /* the counts continue, so the verdict stays right */
    r->count++;
    f->first = first;
    f->last = last;
    f->state = state;
    snprintf(f->name, sizeof f->name, "%s", name);
    va_start(args, fmt);
    vsnprintf(f->text, sizeof f->text, fmt, args);
    va_end(args);
}

bool walk_read(const struct walk *w, uint64_t lba, void *sector)
{
    return lba < w->source->sectors && w->source->read(w->source, lba, sector);
}

/* The first byte is zero, and each of the others equals the one before it. */
bool walk_is_zero(const uint8_t *data, size_t bytes)
{
    return data[0] == 0 && memcmp(data, data + 1, bytes - 1) == 0;
}

/* What is found in sectors that are not part of the image. */
struct gap {
    uint64_t used, first_used, failed;
};

static struct gap read_gap(const struct walk *w, uint64_t end)
{
    uint8_t sector[SECTOR_SIZE];
    struct gap gap = {0};

    for (uint64_t lba = w->covered; lba < end; lba++) {
        if (!walk_read(w, lba, sector))
            gap.failed++;
        else if (!walk_is_zero(sector, sizeof sector) && gap.used++ == 0)
            gap.first_used = lba;
    }
    return gap;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

void walk_cover_gap(struct walk *w, uint64_t end)
{
    uint64_t first = w->covered * SECTOR_SIZE, last, sectors;
    struct gap gap = {0};

    if (end > w->source->sectors)
        end = w->source->sectors;
    if (w->covered >= end)
        return;
    sectors = end - w->covered;
    last = end * SECTOR_SIZE - 1;
    if (sectors <= GAP_MAX)
        gap = read_gap(w, end);
    if (sectors > GAP_MAX)
        walk_find(w, first, last, FINDING_NOTE, "gap", "%" PRIu64 " sectors, not read", sectors);
    else if (gap.failed > 0)
        walk_find(w, first, last, FINDING_UNREADABLE, "gap", "%" PRIu64 " sector%s cannot be read",
                  gap.failed, plural(gap.failed));
    else if (gap.used > 0)
        walk_find(w, first, last, FINDING_NOTE, "gap",
                  "data that is not ours in %" PRIu64 " sector%s, the first at LBA %" PRIu64,
                  gap.used, plural(gap.used), gap.first_used);
    else
        walk_find(w, first, last, FINDING_FREE, "free", "%" PRIu64 " sector%s of zeros", sectors,
                  plural(sectors));
    w->covered = end;
}

void walk_begin_part(struct walk *w, uint64_t lba, const char *name)
{
    walk_cover_gap(w, lba);
    if (lba < w->covered)
        walk_find(w, lba * SECTOR_SIZE, w->covered * SECTOR_SIZE - 1, FINDING_WRONG, name,
                  "begins at LBA %" PRIu64 ", before the end of the part before it", lba);
}

void walk_end_part(struct walk *w, uint64_t lba)
{
    if (lba > w->covered)
        w->covered = lba;
}
