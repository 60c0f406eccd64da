/*
 * inspect.c - walks an image from LBA 0 to its end and has each part judged.
 *
 * Pure: the program (inspect_command.c) and the fuzzer bring the sectors.
 * inspect_mbr.c and inspect_parts.c know what the parts must be.
 */
#include "image/inspect_walk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define GAP_MAX 0x200000u /* sectors, 1 GiB: a disk that others use is not read from end to end */

static const char *const state_names[] = { "right", "free", "note", "wrong", "unreadable" };

const char *finding_state_name(enum finding_state state)
{
    return state_names[state];
}

void walk_find(struct walk *w, uint64_t first, uint64_t last, enum finding_state state,
               const char *name, const char *fmt, ...)
{
    struct inspection *r = w->result;
    struct finding *f = &r->findings[r->count];
    va_list args;

    r->wrong += state == FINDING_WRONG;
    r->unreadable += state == FINDING_UNREADABLE;
    if (r->count == FINDINGS_MAX)
        return; /* the counts go on: the verdict stays right */
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

/* The first byte is zero, and each of the others is like the one before it. */
bool is_zero(const uint8_t *data, size_t bytes)
{
    return data[0] == 0 && memcmp(data, data + 1, bytes - 1) == 0;
}

/* ---- what lies between the parts ------------------------------------------------ */

/* What is found in sectors where nothing of ours lies. */
struct gap {
    uint64_t used, first_used, failed;
};

static struct gap read_gap(const struct walk *w, uint64_t end)
{
    uint8_t sector[SECTOR_SIZE];
    struct gap gap = { 0 };

    for (uint64_t lba = w->covered; lba < end; lba++) {
        if (!walk_read(w, lba, sector))
            gap.failed++;
        else if (!is_zero(sector, sizeof sector) && gap.used++ == 0)
            gap.first_used = lba;
    }
    return gap;
}

/* Sectors from the last part to `end`: free if they are zeros. */
static void cover_gap(struct walk *w, uint64_t end)
{
    uint64_t first = w->covered * SECTOR_SIZE, last, sectors;
    struct gap gap = { 0 };

    if (end > w->source->sectors)
        end = w->source->sectors;
    if (w->covered >= end)
        return;
    sectors = end - w->covered;
    last = end * SECTOR_SIZE - 1;
    if (sectors <= GAP_MAX)
        gap = read_gap(w, end);
    if (sectors > GAP_MAX)
        walk_find(w, first, last, FINDING_NOTE, "gap", "%" PRIu64 " sectors, not looked at",
                  sectors);
    else if (gap.failed > 0)
        walk_find(w, first, last, FINDING_UNREADABLE, "gap",
                  "%" PRIu64 " sectors can't be read", gap.failed);
    else if (gap.used > 0)
        walk_find(w, first, last, FINDING_NOTE, "gap",
                  "%" PRIu64 " sectors hold data that is not ours, the first at LBA %" PRIu64,
                  gap.used, gap.first_used);
    else
        walk_find(w, first, last, FINDING_FREE, "free", "%" PRIu64 " sectors of zeros", sectors);
    w->covered = end;
}

void walk_begin_part(struct walk *w, uint64_t lba, const char *name)
{
    cover_gap(w, lba);
    if (lba < w->covered)
        walk_find(w, lba * SECTOR_SIZE, w->covered * SECTOR_SIZE - 1, FINDING_WRONG, name,
                  "begins at LBA %" PRIu64 ", before the end of what lies there", lba);
}

void walk_end_part(struct walk *w, uint64_t lba)
{
    if (lba > w->covered)
        w->covered = lba;
}

/* ---- all of it --------------------------------------------------------------------------- */

/* Kernel partitions in the order in which they lie on the disk. */
static void judge_partitions(struct walk *w, const struct mbr_table *table)
{
    bool done[PARTITIONS] = { false };
    unsigned active = 0;

    for (unsigned n = 0; n < PARTITIONS; n++) {
        unsigned next = PARTITIONS;

        for (unsigned i = 0; i < PARTITIONS; i++)
            if (!done[i] && table->partitions[i].type == KERNEL_PARTITION_TYPE &&
                (next == PARTITIONS ||
                 table->partitions[i].first_lba < table->partitions[next].first_lba))
                next = i;
        if (next == PARTITIONS)
            break;
        struct partition p = table->partitions[next];

        done[next] = true;
        active += p.status == PARTITION_ACTIVE;
        inspect_kernel(w, next, &p);
    }
    if (active > 1)
        walk_find(w, MBR_TABLE_OFFSET, MBR_MAGIC_OFFSET - 1, FINDING_WRONG, "partition table",
                  "%u partitions are active: BIOSes that check want one", active);
    if (active == 0)
        walk_find(w, MBR_TABLE_OFFSET, MBR_MAGIC_OFFSET - 1, FINDING_WRONG, "partition table",
                  "E%d: %s", ERROR_NO_PARTITION, inspect_error_text(ERROR_NO_PARTITION));
}

/* Where the last partition of whatever type ends: a stick is larger, and its rest is not ours. */
static uint64_t image_end(const struct mbr_table *table)
{
    uint64_t end = 0;

    for (unsigned i = 0; i < PARTITIONS; i++) {
        struct partition p = table->partitions[i];

        if (p.type != 0 && (uint64_t)p.first_lba + p.sectors > end)
            end = (uint64_t)p.first_lba + p.sectors;
    }
    return end;
}

void inspect_image(const struct image_source *source, struct inspection *result)
{
    struct walk w = { .source = source, .result = result };
    struct mbr_table table;

    memset(result, 0, sizeof *result);
    if (!inspect_mbr(&w, &table))
        return;
    inspect_stage2(&w, STAGE2_LBA, false);
    inspect_stage2(&w, STAGE2_COPY_LBA, true);
    judge_partitions(&w, &table);
    cover_gap(&w, image_end(&table));
    if (w.covered < source->sectors)
        walk_find(&w, w.covered * SECTOR_SIZE, source->sectors * SECTOR_SIZE - 1, FINDING_FREE,
                  "after the image", "%" PRIu64 " sectors, not looked at",
                  source->sectors - w.covered);
}

const char *inspection_verdict(const struct inspection *r)
{
    if (r->wrong + r->unreadable > 0)
        return r->whole_stage2 > 0 && r->whole_kernels > 0
                   ? "damaged, but one whole copy of stage 2 and of a kernel is there"
                   : "damaged";
    if (r->whole_stage2 > 1 && r->whole_kernels > 1)
        return "healthy, with second copies";
    if (r->whole_stage2 > 1 || r->whole_kernels > 1)
        return "healthy, but only one of stage 2 and kernel has a second copy";
    return "healthy, without copies";
}
