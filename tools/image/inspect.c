/*
 * inspect.c - walks an image from LBA 0 to its end and judges each part.
 *
 * Pure: the program (inspect_command.c) and the fuzzer bring the sectors.
 */
#include "image/inspect.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/headers.h"
#include "image/plan.h"
#include "lib/xxh32.h"
#include "stage2/header_check.h"

struct walk {
    const struct image_source *source;
    struct inspection *result;
    uint64_t covered; /* the first sector that no finding speaks of yet */
};

static const char *const state_names[] = { "right", "free", "note", "wrong", "unreadable" };

const char *finding_state_name(enum finding_state state)
{
    return state_names[state];
}

__attribute__((format(printf, 6, 7))) static void
find(struct walk *w, uint64_t first, uint64_t last, enum finding_state state, const char *name,
     const char *fmt, ...)
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

static bool read_sector(struct walk *w, uint64_t lba, void *sector)
{
    return lba < w->source->sectors && w->source->read(w->source, lba, sector);
}

static bool is_zero(const uint8_t *data, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (data[i] != 0)
            return false;
    return true;
}

/* ---- what lies between the parts ------------------------------------------------ */

/* Sectors from the last part to `end`: free if they are zeros. */
static void cover_gap(struct walk *w, uint64_t end)
{
    uint8_t sector[SECTOR_SIZE];
    uint64_t used = 0, first_used = 0, failed = 0;

    if (end > w->source->sectors)
        end = w->source->sectors;
    if (w->covered >= end)
        return;
    for (uint64_t lba = w->covered; lba < end; lba++) {
        if (!read_sector(w, lba, sector))
            failed++;
        else if (!is_zero(sector, sizeof sector) && used++ == 0)
            first_used = lba;
    }
    if (failed > 0)
        find(w, w->covered * SECTOR_SIZE, end * SECTOR_SIZE - 1, FINDING_UNREADABLE, "gap",
             "%" PRIu64 " sectors can't be read", failed);
    else if (used > 0)
        find(w, w->covered * SECTOR_SIZE, end * SECTOR_SIZE - 1, FINDING_NOTE, "gap",
             "%" PRIu64 " sectors hold data of somebody else's, the first at LBA %" PRIu64, used,
             first_used);
    else
        find(w, w->covered * SECTOR_SIZE, end * SECTOR_SIZE - 1, FINDING_FREE, "free",
             "%" PRIu64 " sectors of zeros", end - w->covered);
    w->covered = end;
}

static void begin_part(struct walk *w, uint64_t lba)
{
    cover_gap(w, lba);
}

static void end_part(struct walk *w, uint64_t lba)
{
    if (lba > w->covered)
        w->covered = lba;
}

/* ---- LBA 0 ------------------------------------------------------------------------ */

static void judge_mbr_code(struct walk *w, const uint8_t *mbr)
{
    bool ours = mbr[0] == 0xfa && mbr[1] == 0xeb && mbr[2] == MBR_CODE_OFFSET - 3;

    find(w, 0, 2, ours ? FINDING_RIGHT : FINDING_WRONG, "MBR: jump",
         ours ? "CLI, then a short jump over the BPB" : "not Firstlight's first bytes");
    find(w, 3, MBR_CODE_OFFSET - 1,
         is_zero(mbr + 3, MBR_CODE_OFFSET - 3) ? FINDING_FREE : FINDING_NOTE, "MBR: room for a BPB",
         is_zero(mbr + 3, MBR_CODE_OFFSET - 3) ? "zeros" : "a BIOS or a system wrote here");
    find(w, MBR_CODE_OFFSET, MBR_STAMP_OFFSET - 1, FINDING_RIGHT, "MBR: code",
         "set-up, the order of the tries, checks; XXH32 %08x",
         xxh32(mbr + MBR_CODE_OFFSET, MBR_STAMP_OFFSET - MBR_CODE_OFFSET));
    find(w, MBR_STAMP_OFFSET, MBR_CODE2_OFFSET - 1,
         is_zero(mbr + MBR_STAMP_OFFSET, 6) ? FINDING_FREE : FINDING_NOTE, "MBR: time stamp",
         is_zero(mbr + MBR_STAMP_OFFSET, 6) ? "zeros" : "DOS or Windows wrote here");
    find(w, MBR_CODE2_OFFSET, MBR_SIGNATURE_OFFSET - 1, FINDING_RIGHT, "MBR: code",
         "disk reads, messages; XXH32 %08x",
         xxh32(mbr + MBR_CODE2_OFFSET, MBR_SIGNATURE_OFFSET - MBR_CODE2_OFFSET));
}

/* CHS fields must say what the LBA fields say, in the geometry that the table implies. */
static bool chs_agrees(const struct partition *p)
{
    struct plan_geometry g = { p->last_chs[0] + 1u, p->last_chs[1] & 63u };
    uint8_t first[3], last[3];

    if (g.sectors == 0 || p->sectors == 0)
        return false;
    plan_chs(first, g, p->first_lba);
    plan_chs(last, g, p->first_lba + p->sectors - 1);
    return memcmp(first, p->first_chs, 3) == 0 && memcmp(last, p->last_chs, 3) == 0;
}

static void judge_entry(struct walk *w, unsigned index, const struct partition *p)
{
    uint64_t at = MBR_TABLE_OFFSET + index * sizeof *p, end = (uint64_t)p->first_lba + p->sectors;
    enum finding_state state = FINDING_RIGHT;
    const char *remark = "";
    char name[40];

    snprintf(name, sizeof name, "MBR: partition %u", index + 1);
    if (p->type == 0) {
        find(w, at, at + sizeof *p - 1, FINDING_FREE, name, "empty");
        return;
    }
    if (p->type != KERNEL_PARTITION_TYPE)
        state = FINDING_NOTE, remark = ", not Firstlight's";
    else if (p->sectors == 0 || end > w->source->sectors)
        state = FINDING_WRONG, remark = ", beyond the end of the disk";
    else if (p->status != 0 && p->status != PARTITION_ACTIVE)
        state = FINDING_WRONG, remark = ", a status that no BIOS knows";
    else if (!chs_agrees(p))
        state = FINDING_NOTE, remark = ", CHS and LBA disagree";
    find(w, at, at + sizeof *p - 1, state, name,
         "type %02Xh, %s, LBA %u to %" PRIu64 ", CHS %u/%u/%u to %u/%u/%u%s", p->type,
         p->status == PARTITION_ACTIVE ? "active" : "not active", p->first_lba,
         end == 0 ? 0 : end - 1, p->first_chs[2] | (p->first_chs[1] & 0xc0u) << 2, p->first_chs[0],
         p->first_chs[1] & 63u, p->last_chs[2] | (p->last_chs[1] & 0xc0u) << 2, p->last_chs[0],
         p->last_chs[1] & 63u, remark);
}

static bool judge_mbr(struct walk *w, struct mbr_table *table)
{
    uint8_t mbr[SECTOR_SIZE];
    bool magic;

    if (!read_sector(w, 0, mbr)) {
        find(w, 0, SECTOR_SIZE - 1, FINDING_UNREADABLE, "MBR", "sector 0 can't be read");
        return false;
    }
    memcpy(table, mbr + MBR_SIGNATURE_OFFSET, sizeof *table);
    judge_mbr_code(w, mbr);
    find(w, MBR_SIGNATURE_OFFSET, MBR_TABLE_OFFSET - 1, FINDING_RIGHT, "MBR: disk signature",
         "%08x", table->signature);
    for (unsigned i = 0; i < PARTITIONS; i++) {
        struct partition p = table->partitions[i];

        judge_entry(w, i, &p);
    }
    magic = mbr[MBR_MAGIC_OFFSET] == 0x55 && mbr[MBR_MAGIC_OFFSET + 1] == 0xaa;
    find(w, MBR_MAGIC_OFFSET, SECTOR_SIZE - 1, magic ? FINDING_RIGHT : FINDING_WRONG,
         "MBR: magic number", magic ? "55h AAh" : "%02Xh %02Xh, not 55h AAh: no BIOS boots this",
         mbr[MBR_MAGIC_OFFSET], mbr[MBR_MAGIC_OFFSET + 1]);
    end_part(w, 1);
    return true;
}

/* ---- stage 2 ------------------------------------------------------------------------- */

/* Sum of the words of all its sectors; false if one can't be read. */
static bool sum_sectors(struct walk *w, uint64_t lba, uint32_t count, uint32_t *sum)
{
    uint8_t sector[SECTOR_SIZE];

    *sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!read_sector(w, lba + i, sector))
            return false;
        *sum += word_sum(sector, sizeof sector);
    }
    return true;
}

static void judge_stage2_code(struct walk *w, uint64_t lba, const struct stage2_header *header,
                              const char *name)
{
    uint64_t first = (lba + 1) * SECTOR_SIZE, last = (lba + header->sectors) * SECTOR_SIZE - 1;
    uint32_t sum;

    if (!sum_sectors(w, lba, header->sectors, &sum)) {
        find(w, first, last, FINDING_UNREADABLE, name, "not all of it can be read");
        return;
    }
    w->result->whole_stage2 += sum == 0;
    find(w, first, last, sum == 0 ? FINDING_RIGHT : FINDING_WRONG, name,
         "%u sectors of code; the sum of all words with the header is %08x, expected 00000000",
         header->sectors - 1, sum);
}

static void judge_stage2(struct walk *w, uint64_t lba, bool is_copy)
{
    const char *header_name = is_copy ? "stage 2, copy: header" : "stage 2: header";
    uint64_t at = lba * SECTOR_SIZE;
    struct stage2_header header;

    begin_part(w, lba);
    if (!read_sector(w, lba, &header)) {
        find(w, at, at + SECTOR_SIZE - 1, FINDING_UNREADABLE, header_name, "can't be read");
        end_part(w, lba + 1);
        return;
    }
    if (is_copy && is_zero((const uint8_t *)&header, sizeof header))
        return; /* an image without copies */
    if (header.magic != STAGE2_MAGIC || header.sectors < STAGE2_MIN_SECTORS ||
        header.sectors > STAGE2_MAX_SECTORS) {
        find(w, at, at + SECTOR_SIZE - 1, FINDING_WRONG, header_name,
             "magic %08x (expected %08x), %u sectors (%u to %u are possible)", header.magic,
             STAGE2_MAGIC, header.sectors, STAGE2_MIN_SECTORS, STAGE2_MAX_SECTORS);
        end_part(w, lba + 1);
        return;
    }
    find(w, at, at + SECTOR_SIZE - 1, FINDING_RIGHT, header_name,
         "magic FLS2, %u sectors with this one, balance %08x", header.sectors, header.balance);
    judge_stage2_code(w, lba, &header, is_copy ? "stage 2, copy: code" : "stage 2: code");
    end_part(w, lba + header.sectors);
}

/* ---- the kernel ------------------------------------------------------------------------ */

static const char *const header_errors[] = {
#define MBR_ERROR(letter, name, text, cause, advice)
#define ERROR(number, name, text, cause, advice) [ERROR_##name] = text,
#include "errors.def"
#undef ERROR
#undef MBR_ERROR
};

/* The payload's hash; false if it can't be read as a whole. */
static bool hash_payload(struct walk *w, uint64_t lba, uint32_t bytes, uint32_t *hash)
{
    uint64_t count = plan_sectors(bytes);
    uint8_t *payload;
    bool whole = lba + count <= w->source->sectors;

    if (!whole)
        return false; /* before so much memory is asked for */
    payload = malloc(count * SECTOR_SIZE);
    whole = payload != NULL;
    for (uint64_t i = 0; whole && i < count; i++)
        whole = read_sector(w, lba + i, payload + i * SECTOR_SIZE);
    if (whole)
        *hash = xxh32(payload, bytes);
    free(payload);
    return whole;
}

static void judge_payload(struct walk *w, uint64_t lba, const struct kernel_header *h,
                          const char *name)
{
    uint64_t first = (lba + 1) * SECTOR_SIZE;
    uint32_t hash = 0;

    if (!hash_payload(w, lba + 1, h->file_bytes, &hash)) {
        find(w, first, first + h->file_bytes - 1, FINDING_UNREADABLE, name,
             "not all of it can be read");
        return;
    }
    w->result->whole_kernels += hash == h->payload_hash;
    find(w, first, first + h->file_bytes - 1,
         hash == h->payload_hash ? FINDING_RIGHT : FINDING_WRONG, name,
         "%u bytes, XXH32 %08x found, %08x expected", h->file_bytes, hash, h->payload_hash);
}

static void judge_kernel(struct walk *w, unsigned index, const struct partition *p)
{
    uint64_t at = (uint64_t)p->first_lba * SECTOR_SIZE;
    struct kernel_header h;
    enum error error;
    char name[40];

    begin_part(w, p->first_lba);
    snprintf(name, sizeof name, "partition %u: kernel header", index + 1);
    if (!read_sector(w, p->first_lba, &h)) {
        find(w, at, at + SECTOR_SIZE - 1, FINDING_UNREADABLE, name, "can't be read");
        return;
    }
    error = kernel_header_check(&h, p->sectors);
    if (error != ERROR_NONE) {
        find(w, at, at + SECTOR_SIZE - 1, FINDING_WRONG, name, "E%d: %s", error,
             header_errors[error]);
        end_part(w, (uint64_t)p->first_lba + 1);
        return;
    }
    find(w, at, at + SECTOR_SIZE - 1, FINDING_RIGHT, name,
         "version %u, flags %u, %u bytes, %u in memory, load 0x%" PRIx64 ", entry 0x%" PRIx64
         ", header's XXH32 %08x", h.version, h.flags, h.file_bytes, h.memory_bytes, h.load_address,
         h.entry, h.header_hash);
    snprintf(name, sizeof name, "partition %u: kernel", index + 1);
    judge_payload(w, p->first_lba, &h, name);
    end_part(w, p->first_lba + 1 + plan_sectors(h.file_bytes));
}

/* ---- all of it --------------------------------------------------------------------------- */

/* Kernel partitions in the order in which they lie on the disk. */
static void judge_partitions(struct walk *w, const struct mbr_table *table)
{
    bool done[PARTITIONS] = { false }, active = false;

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
        active = active || p.status == PARTITION_ACTIVE;
        judge_kernel(w, next, &p);
    }
    if (!active)
        find(w, MBR_TABLE_OFFSET, MBR_MAGIC_OFFSET - 1, FINDING_WRONG, "partition table",
             "E%d: %s", ERROR_NO_PARTITION, header_errors[ERROR_NO_PARTITION]);
}

void inspect_image(const struct image_source *source, struct inspection *result)
{
    struct walk w = { .source = source, .result = result };
    struct mbr_table table;

    memset(result, 0, sizeof *result);
    if (!judge_mbr(&w, &table))
        return;
    judge_stage2(&w, STAGE2_LBA, false);
    judge_stage2(&w, STAGE2_COPY_LBA, true);
    judge_partitions(&w, &table);
    cover_gap(&w, source->sectors);
}

const char *inspection_verdict(const struct inspection *r)
{
    if (r->wrong + r->unreadable == 0)
        return r->whole_kernels > 1 ? "healthy, with second copies" : "healthy, without copies";
    if (r->whole_stage2 > 0 && r->whole_kernels > 0)
        return "damaged, but one whole copy of stage 2 and of a kernel is there";
    return "damaged";
}
