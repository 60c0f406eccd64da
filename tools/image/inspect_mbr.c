/*
 * inspect_mbr.c - inspects sector 0: stage 1's code and the partition table.
 */
#include "image/inspect_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/plan.h"
#include "stage2/header_check.h"

/* A part that other systems may write to, and Firstlight leaves zero. */
static void judge_room(struct walk *w, const uint8_t *mbr, uint64_t first, uint64_t end,
                       const char *name, const char *who)
{
    bool empty = walk_is_zero(mbr + first, end - first);

    walk_find(w, first, end - 1, empty ? FINDING_FREE : FINDING_NOTE, name, "%s",
              empty ? "zeros" : who);
}

/* The code has no checksum, so it is only compared with the stage 1 that we know. */
static void judge_code(struct walk *w, const uint8_t *mbr, uint64_t first, uint64_t end)
{
    const uint8_t *known = w->source->stage1;
    uint64_t other = 0;

    for (uint64_t i = first; i < end; i++)
        other += mbr[i] != known[i];
    if (other == 0)
        walk_find(w, first, end - 1, FINDING_RIGHT, "MBR: code", "identical to this release's");
    else
        walk_find(w, first, end - 1, FINDING_NOTE, "MBR: code",
                  "%" PRIu64 " %s from this release: another release, or damaged", other,
                  other == 1 ? "byte differs" : "bytes differ");
}

static void judge_mbr_code(struct walk *w, const uint8_t *mbr)
{
    bool ours = mbr[0] == 0xfa && mbr[1] == 0xeb && mbr[2] == MBR_CODE_OFFSET - 3;

    walk_find(w, 0, 2, ours ? FINDING_RIGHT : FINDING_WRONG, "MBR: jump",
              ours ? "CLI, then a short jump over the BPB" : "not Firstlight's first bytes");
    judge_room(w, mbr, 3, MBR_CODE_OFFSET, "MBR: room for a BPB",
               "a BIOS or an operating system wrote here");
    judge_code(w, mbr, MBR_CODE_OFFSET, MBR_SIGNATURE_OFFSET);
}

/* The payload's hash from the active kernel's header; false without an intact one. */
static bool kernel_hash(struct walk *w, const struct mbr_table *table, uint32_t *hash)
{
    struct kernel_header h;

    for (unsigned i = 0; i < PARTITIONS; i++) {
        struct partition p = table->partitions[i];

        if (p.type == KERNEL_PARTITION_TYPE && p.status == PARTITION_ACTIVE &&
            walk_read(w, p.first_lba, &h) && header_check(&h, p.sectors) == ERROR_NONE) {
            *hash = h.payload_hash;
            return true;
        }
    }
    return false;
}

static void judge_signature(struct walk *w, const struct mbr_table *table)
{
    uint32_t hash;
    bool known = kernel_hash(w, table, &hash);
    bool ours = known && table->signature == hash && table->reserved == 0;

    walk_find(w, MBR_SIGNATURE_OFFSET, MBR_TABLE_OFFSET - 1, ours ? FINDING_RIGHT : FINDING_NOTE,
              "MBR: disk signature", "%08x, %s", table->signature,
              ours    ? "the kernel's XXH32"
              : known ? "not the kernel's XXH32: another system has written its own"
                      : "and no kernel to compare it with");
}

/* True if the CHS fields agree with the LBA fields, in the geometry that the table implies. */
static bool chs_agrees(const struct partition *p)
{
    struct plan_geometry g = {p->last_chs[0] + 1u, p->last_chs[1] & 63u};
    uint8_t first[3], last[3];

    if (g.sectors == 0 || p->sectors == 0)
        return false;
    plan_chs(first, g, p->first_lba);
    plan_chs(last, g, p->first_lba + p->sectors - 1);
    return memcmp(first, p->first_chs, 3) == 0 && memcmp(last, p->last_chs, 3) == 0;
}

static unsigned cylinder(const uint8_t chs[3])
{
    return chs[2] | (chs[1] & 0xc0u) << 2;
}

static void judge_entry(struct walk *w, unsigned index, const struct partition *p)
{
    uint64_t at = MBR_TABLE_OFFSET + index * sizeof *p, end = (uint64_t)p->first_lba + p->sectors;
    enum finding_state state = FINDING_RIGHT;
    const char *remark = "";
    char name[40];

    snprintf(name, sizeof name, "MBR: partition %u", index + 1);
    if (p->type == 0) {
        bool empty = walk_is_zero((const uint8_t *)p, sizeof *p);

        walk_find(w, at, at + sizeof *p - 1, empty ? FINDING_FREE : FINDING_NOTE, name,
                  empty ? "empty" : "type 0, unused, but not zero");
        return;
    }
    if (p->type != KERNEL_PARTITION_TYPE)
        state = FINDING_NOTE, remark = ", not Firstlight's";
    else if (p->sectors == 0 || end > w->source->sectors)
        state = FINDING_WRONG, remark = ", beyond the end of the disk";
    else if (p->status != 0 && p->status != PARTITION_ACTIVE)
        state = FINDING_WRONG, remark = ", an invalid status";
    else if (!chs_agrees(p))
        state = FINDING_NOTE, remark = ", CHS and LBA disagree";
    walk_find(w, at, at + sizeof *p - 1, state, name,
              "type %02Xh, %s, LBA %u to %" PRIu64 ", CHS %u/%u/%u to %u/%u/%u%s", p->type,
              p->status == PARTITION_ACTIVE ? "active" : "not active", p->first_lba,
              end == 0 ? 0 : end - 1, cylinder(p->first_chs), p->first_chs[0],
              p->first_chs[1] & 63u, cylinder(p->last_chs), p->last_chs[0], p->last_chs[1] & 63u,
              remark);
}

bool inspect_mbr(struct walk *w, struct mbr_table *table)
{
    uint8_t mbr[SECTOR_SIZE];
    bool magic;

    if (!walk_read(w, 0, mbr)) {
        walk_find(w, 0, SECTOR_SIZE - 1, FINDING_UNREADABLE, "MBR", "sector 0 cannot be read");
        return false;
    }
    memcpy(table, mbr + MBR_SIGNATURE_OFFSET, sizeof *table);
    judge_mbr_code(w, mbr);
    judge_signature(w, table);
    for (unsigned i = 0; i < PARTITIONS; i++) {
        struct partition p = table->partitions[i];

        judge_entry(w, i, &p);
    }
    magic = mbr[MBR_MAGIC_OFFSET] == 0x55 && mbr[MBR_MAGIC_OFFSET + 1] == 0xaa;
    walk_find(w, MBR_MAGIC_OFFSET, SECTOR_SIZE - 1, magic ? FINDING_RIGHT : FINDING_WRONG,
              "MBR: magic number",
              magic ? "55h AAh" : "%02Xh %02Xh, not 55h AAh: no BIOS boots this",
              mbr[MBR_MAGIC_OFFSET], mbr[MBR_MAGIC_OFFSET + 1]);
    walk_end_part(w, 1);
    return true;
}
