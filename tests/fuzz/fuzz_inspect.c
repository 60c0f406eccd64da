/*
 * fuzz_inspect.c - the image inspector on damaged images.
 *
 * The input patches a good image of 2,250 sectors: five bytes for each patch, where
 * and what.  Its first byte can cut the image short, make sectors unreadable,
 * and give the patched headers correct checksums, which would otherwise keep the
 * fuzzer out of the code after them.
 */
#include <stdlib.h>
#include <string.h>

#include "image/headers.h"
#include "image/inspect.h"
#include "image/plan.h"
#include "lib/xxh32.h"

#define SECTORS 2250u
#define PATCH 5u
#define CUT 1u
#define UNREADABLE 2u
#define SOUND_HASHES 4u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t good[SECTORS * SECTOR_SIZE], image[SECTORS * SECTOR_SIZE];
static uint8_t flags;

static void build_good_image(void)
{
    uint8_t code[2000] = { [STAGE2_HEADER_SIZE] = 0x90, [1999] = 1 }, payload[3000] = { 0xf4 };
    struct kernel_wishes wishes = { KERNEL_LOAD_ADDRESS, KERNEL_LOAD_ADDRESS, sizeof payload };
    struct stage2_header stage2;
    struct kernel_header kernel;
    struct mbr_table table;
    struct plan plan;

    if (make_stage2_header(code, sizeof code, &stage2) != 0 ||
        make_kernel_header(payload, sizeof payload, &wishes, &kernel) != NULL ||
        !plan_image(sizeof payload, COPIES_MAX, &plan))
        abort();
    table = plan_table(&plan, kernel.payload_hash);
    table.partitions[1].sectors = SECTORS - plan.partitions[1].first;
    memcpy(good, "\xfa\xeb\x3b", 3);
    memcpy(good + MBR_SIGNATURE_OFFSET, &table, sizeof table);
    memcpy(good + MBR_MAGIC_OFFSET, "\x55\xaa", 2);
    for (unsigned i = 0; i < COPIES_MAX; i++) {
        uint8_t *at = good + (i == 0 ? STAGE2_LBA : STAGE2_COPY_LBA) * SECTOR_SIZE;
        uint8_t *partition = good + plan.partitions[i].first * SECTOR_SIZE;

        memcpy(at, code, sizeof code);
        memcpy(at, &stage2, sizeof stage2);
        memcpy(partition, &kernel, sizeof kernel);
        memcpy(partition + SECTOR_SIZE, payload, sizeof payload);
    }
}

static bool read_sector(const struct image_source *source, uint64_t lba, void *sector)
{
    if (lba >= source->sectors)
        abort(); /* the inspector reads no sector beyond the end */
    if (flags & UNREADABLE && lba % 7 == flags >> 5)
        return false;
    memcpy(sector, image + lba * SECTOR_SIZE, SECTOR_SIZE);
    return true;
}

/* Where a patch is applied: its two bytes are in one sector. */
static size_t place(const uint8_t *patch)
{
    uint32_t at = patch[0] | (uint32_t)patch[1] << 8 | (uint32_t)patch[2] << 16;

    return at % (sizeof image / 2) * 2;
}

static void patch(const uint8_t *data, size_t size)
{
    for (; size >= PATCH; data += PATCH, size -= PATCH)
        memcpy(image + place(data), data + 3, 2);
}

/* Undoes the patches, hashes included: copying all of the image would take most of the time. */
static void restore(const uint8_t *data, size_t size)
{
    for (; size >= PATCH; data += PATCH, size -= PATCH) {
        size_t sector = place(data) / SECTOR_SIZE * SECTOR_SIZE;

        memcpy(image + sector, good + sector, SECTOR_SIZE);
    }
}

static void make_hashes_sound(void)
{
    for (size_t at = KERNEL_LBA * SECTOR_SIZE; at < sizeof image; at += SECTOR_SIZE) {
        struct kernel_header *h = (struct kernel_header *)(void *)(image + at);

        if (memcmp(h->magic, KERNEL_MAGIC, sizeof h->magic) == 0)
            h->header_hash = xxh32(h, offsetof(struct kernel_header, header_hash));
    }
}

static void check(const struct inspection *r)
{
    if (r->count == 0 || r->count > FINDINGS_MAX || inspection_verdict(r) == NULL)
        abort();
    for (unsigned i = 0; i < r->count; i++)
        if (memchr(r->findings[i].text, '\0', sizeof r->findings[i].text) == NULL ||
            finding_state_name(r->findings[i].state) == NULL)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct inspection result;
    struct image_source source = { .read = read_sector, .sectors = SECTORS, .stage1 = good };

    if (good[0] == 0) {
        build_good_image();
        memcpy(image, good, sizeof image);
    }
    if (size == 0)
        return 0;
    flags = data[0];
    patch(data + 1, size - 1);
    if (flags & SOUND_HASHES)
        make_hashes_sound();
    if (flags & CUT && size > 3)
        source.sectors = (data[1] | (uint32_t)data[2] << 8) % (SECTORS + 1);
    inspect_image(&source, &result);
    check(&result);
    if (size == 1 && !(flags & UNREADABLE) && (result.wrong || result.whole_kernels != 2))
        abort(); /* nothing was patched: the image is good */
    restore(data + 1, size - 1);
    return 0;
}
