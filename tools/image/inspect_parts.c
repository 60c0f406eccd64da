/*
 * inspect_parts.c - inspects stage 2 and the kernels: headers and checksums.
 */
#include "image/inspect_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image/headers.h"
#include "image/plan.h"
#include "lib/xxh32.h"
#include "stage2/header_check.h"

/* ---- stage 2 ------------------------------------------------------------------------- */

/* One of the checksums of stage 2 (headers.h). */
typedef uint32_t sum_function(uint32_t sum, const void *data, size_t bytes);

/* The checksum of `count` sectors; false if one cannot be read. */
static bool sum_sectors(struct walk *w, uint64_t lba, uint32_t count, sum_function *add,
                        uint32_t *sum)
{
    uint8_t sector[SECTOR_SIZE];

    *sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!walk_read(w, lba + i, sector))
            return false;
        *sum = add(*sum, sector, sizeof sector);
    }
    return true;
}

/* `count` sectors from `lba` on; only what starts at byte `first` is reported as this part. */
static bool judge_stage2_part(struct walk *w, uint64_t first, uint64_t lba, uint32_t count,
                              sum_function *add, uint32_t expected, const char *name)
{
    uint64_t last = (lba + count) * SECTOR_SIZE - 1;
    uint32_t sum;

    if (!sum_sectors(w, lba, count, add, &sum)) {
        walk_find(w, first, last, FINDING_UNREADABLE, name, "it cannot be read completely");
        return false;
    }
    walk_find(w, first, last, sum == expected ? FINDING_RIGHT : FINDING_WRONG, name,
              "%u sectors, checksum %08x found, %08x expected", count, sum, expected);
    return sum == expected;
}

static void judge_stage2_code(struct walk *w, uint64_t lba, const struct stage2_header *header,
                              bool is_copy)
{
    uint64_t rest = lba + STAGE2_FIRST_SECTORS;
    bool loader = judge_stage2_part(w, lba * SECTOR_SIZE + sizeof *header, lba,
                                    STAGE2_FIRST_SECTORS, word_sum, 0,
                                    is_copy ? "stage 2, copy: real-mode loader"
                                            : "stage 2: real-mode loader");
    bool code = judge_stage2_part(w, rest * SECTOR_SIZE, rest,
                                  header->sectors - STAGE2_FIRST_SECTORS, rest_sum,
                                  header->rest_sum,
                                  is_copy ? "stage 2, copy: code" : "stage 2: code");

    if (!loader || !code)
        return;
    if (w->stage2.magic != 0 && memcmp(&w->stage2, header, sizeof *header) != 0)
        walk_find(w, lba * SECTOR_SIZE, lba * SECTOR_SIZE + sizeof *header - 1, FINDING_WRONG,
                  "stage 2, copy", "intact, but differs from the first one");
    w->stage2 = *header;
    w->result->whole_stage2++;
}

void inspect_stage2(struct walk *w, uint64_t lba, bool is_copy)
{
    const char *header_name = is_copy ? "stage 2, copy: header" : "stage 2: header";
    uint64_t at = lba * SECTOR_SIZE;
    uint8_t sector[SECTOR_SIZE];
    struct stage2_header header;

    walk_begin_part(w, lba, header_name);
    if (!walk_read(w, lba, sector)) {
        walk_find(w, at, at + SECTOR_SIZE - 1, FINDING_UNREADABLE, header_name, "cannot be read");
        walk_end_part(w, lba + 1);
        return;
    }
    if (is_copy && walk_is_zero(sector, sizeof sector))
        return; /* an image without copies */
    memcpy(&header, sector, sizeof header);
    if (header.magic != STAGE2_MAGIC || header.sectors < STAGE2_MIN_SECTORS ||
        header.sectors > STAGE2_MAX_SECTORS) {
        walk_find(w, at, at + SECTOR_SIZE - 1, FINDING_WRONG, header_name,
                  "magic %08x (expected %08x), %u sectors (%u to %u are possible)", header.magic,
                  STAGE2_MAGIC, header.sectors, STAGE2_MIN_SECTORS, STAGE2_MAX_SECTORS);
        walk_end_part(w, lba + 1);
        return;
    }
    walk_find(w, at, at + sizeof header - 1, FINDING_RIGHT, header_name,
              "magic FLS2, %u sectors, balance %08x, checksum of the rest %08x", header.sectors,
              header.balance, header.rest_sum);
    judge_stage2_code(w, lba, &header, is_copy);
    walk_end_part(w, lba + header.sectors);
}

/* ---- the kernel ------------------------------------------------------------------------ */

const char *inspect_error_text(enum error error)
{
    static const char *const texts[] = {
#define MBR_ERROR(letter, name, text, cause, advice)
#define ERROR(number, name, text, cause, advice) [ERROR_##name] = text,
#include "errors.def"
#undef ERROR
#undef MBR_ERROR
    };

    return texts[error];
}

/*
 * The payload's hash, and whether zeros fill its last sector; false if it
 * cannot be read completely.
 */
static bool hash_payload(struct walk *w, uint64_t lba, uint32_t bytes, uint32_t *hash, bool *padded)
{
    uint64_t count = plan_sectors(bytes);
    uint8_t *payload;
    bool whole = lba + count <= w->source->sectors;

    if (!whole)
        return false; /* before that much memory is allocated */
    payload = malloc(count * SECTOR_SIZE);
    whole = payload != NULL;
    for (uint64_t i = 0; whole && i < count; i++)
        whole = walk_read(w, lba + i, payload + i * SECTOR_SIZE);
    if (whole) {
        *hash = xxh32(payload, bytes);
        *padded = bytes % SECTOR_SIZE == 0 ||
                  walk_is_zero(payload + bytes, SECTOR_SIZE - bytes % SECTOR_SIZE);
    }
    free(payload);
    return whole;
}

static void judge_payload(struct walk *w, uint64_t lba, const struct kernel_header *h,
                          const char *name)
{
    uint64_t first = (lba + 1) * SECTOR_SIZE, end = first + h->file_bytes;
    bool padded;
    uint32_t hash = 0;

    if (!hash_payload(w, lba + 1, h->file_bytes, &hash, &padded)) {
        walk_find(w, first, first + h->file_bytes - 1, FINDING_UNREADABLE, name,
                  "it cannot be read completely");
        return;
    }
    w->result->whole_kernels += hash == h->payload_hash;
    walk_find(w, first, first + h->file_bytes - 1,
              hash == h->payload_hash ? FINDING_RIGHT : FINDING_WRONG, name,
              "%u bytes, XXH32 %08x found, %08x expected", h->file_bytes, hash, h->payload_hash);
    if (end % SECTOR_SIZE != 0)
        walk_find(w, end, first + plan_sectors(h->file_bytes) * SECTOR_SIZE - 1,
                  padded ? FINDING_FREE : FINDING_NOTE, "free", "the rest of the last sector%s",
                  padded ? "" : " holds data that is not ours");
}

/*
 * An intact header, field by field.  The loader uses one kernel to replace the
 * other, so both must be the same.
 */
static void report_kernel_header(struct walk *w, uint64_t lba, const struct kernel_header *h,
                                 const char *name)
{
    bool differs = w->kernel.version != 0 && memcmp(&w->kernel, h, sizeof *h) != 0;

    walk_find(w, lba * SECTOR_SIZE, (lba + 1) * SECTOR_SIZE - 1,
              differs ? FINDING_WRONG : FINDING_RIGHT, name,
              "version %u, flags %u, %u bytes, %u in memory, load 0x%" PRIx64 ", entry 0x%" PRIx64
              ", header's XXH32 %08x%s",
              h->version, h->flags, h->file_bytes, h->memory_bytes, h->load_address, h->entry,
              h->header_hash, differs ? ": not the first one's header" : "");
    w->kernel = *h;
}

void inspect_kernel(struct walk *w, unsigned index, const struct partition *p)
{
    uint64_t lba = p->first_lba, at = lba * SECTOR_SIZE;
    struct kernel_header h;
    enum error error;
    char name[40];

    snprintf(name, sizeof name, "partition %u: kernel header", index + 1);
    walk_begin_part(w, lba, name);
    if (!walk_read(w, lba, &h)) {
        walk_find(w, at, at + SECTOR_SIZE - 1, FINDING_UNREADABLE, name, "cannot be read");
        walk_end_part(w, lba + 1);
        return;
    }
    error = header_check(&h, p->sectors);
    if (error != ERROR_NONE) {
        walk_find(w, at, at + SECTOR_SIZE - 1, FINDING_WRONG, name, "E%d: %s", error,
                  inspect_error_text(error));
        walk_end_part(w, lba + 1);
        return;
    }
    report_kernel_header(w, lba, &h, name);
    snprintf(name, sizeof name, "partition %u: kernel", index + 1);
    judge_payload(w, lba, &h, name);
    walk_end_part(w, lba + 1 + plan_sectors(h.file_bytes));
}
