/*
 * inspect.c - walks an image from LBA 0 to its end and judges each part.
 *
 * Pure: the program (inspect_command.c) and the fuzzer supply the sectors.
 * inspect_mbr.c and inspect_parts.c know what the parts must contain.
 */
#include <inttypes.h>
#include <string.h>

#include "image/inspect_parts.h"

static const char *const state_names[] = {"right", "free", "note", "wrong", "unreadable"};

const char *finding_state_name(enum finding_state state)
{
    return state_names[state];
}

/* The kernel partitions in their order on the disk. */
static void judge_partitions(struct walk *w, const struct mbr_table *table)
{
    bool done[PARTITIONS] = {false};
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
                  "%u partitions are active: BIOSes that check this require exactly one", active);
    if (active == 0)
        walk_find(w, MBR_TABLE_OFFSET, MBR_MAGIC_OFFSET - 1, FINDING_WRONG, "partition table",
                  "E%d: %s", ERROR_NO_PARTITION, inspect_error_text(ERROR_NO_PARTITION));
}

/* Where the last partition of any type ends: a stick is larger, and the rest is not ours. */
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
    struct walk w = {.source = source, .result = result};
    struct mbr_table table;

    memset(result, 0, sizeof *result);
    if (!inspect_mbr(&w, &table))
        return;
    inspect_stage2(&w, STAGE2_LBA, false);
    inspect_stage2(&w, STAGE2_COPY_LBA, true);
    judge_partitions(&w, &table);
    walk_cover_gap(&w, image_end(&table));
    if (w.covered < source->sectors)
        walk_find(&w, w.covered * SECTOR_SIZE, source->sectors * SECTOR_SIZE - 1, FINDING_FREE,
                  "after the image", "%" PRIu64 " sectors, not read", source->sectors - w.covered);
}

const char *inspection_verdict(const struct inspection *r)
{
    if (r->wrong + r->unreadable > 0)
        return r->whole_stage2 > 0 && r->whole_kernels > 0
                   ? "damaged, but there is an intact copy of stage 2 and of a kernel"
                   : "damaged";
    if (r->whole_stage2 > 1 && r->whole_kernels > 1)
        return "healthy, with second copies";
    if (r->whole_stage2 > 1 || r->whole_kernels > 1)
        return "healthy, but only one of stage 2 and kernel has a second copy";
    return "healthy, without copies";
}
