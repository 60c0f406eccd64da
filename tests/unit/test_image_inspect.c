/*
 * test_image_inspect.c - the inspector overlooks no byte of an image.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "image/headers.h"
#include "image/inspect.h"
#include "image/plan.h"
#include "tests/unit/in_range.h"

#define SECTORS FLOPPY_SECTORS
#define NOBODY UINT64_MAX

static uint8_t image[SECTORS * SECTOR_SIZE], stage1[SECTOR_SIZE];
static uint64_t unreadable = NOBODY; /* this sector */
static struct inspection result;
static struct plan plan;

static bool read_sector(const struct image_source *source, uint64_t lba, void *sector)
{
    assert_true(lba < source->sectors);
    if (lba == unreadable)
        return false;
    memcpy(sector, image + lba * SECTOR_SIZE, SECTOR_SIZE);
    return true;
}

static void inspect(uint64_t sectors)
{
    struct image_source source = { read_sector, NULL, sectors, stage1 };

    inspect_image(&source, &result);
}

static int make_image(void **state)
{
    static const uint8_t code[2000] = { [STAGE2_HEADER_SIZE] = 0x90, [1999] = 1 };
    static const uint8_t payload[1300] = { 0xf4 };
    struct kernel_wishes wishes = { KERNEL_LOAD_ADDRESS, KERNEL_LOAD_ADDRESS, sizeof payload };
    struct stage2_header stage2;
    struct kernel_header kernel;
    struct mbr_table table;
    (void)state;

    assert_int_equal(make_stage2_header(code, sizeof code, &stage2), 0);
    assert_null(make_kernel_header(payload, sizeof payload, &wishes, &kernel));
    assert_true(plan_image(sizeof payload, COPIES_MAX, &plan));
    table = plan_table(&plan, kernel.payload_hash);
    memset(stage1 + MBR_CODE_OFFSET, 0xc3, MBR_SIGNATURE_OFFSET - MBR_CODE_OFFSET);
    memcpy(stage1, "\xfa\xeb\x3b", 3);
    memcpy(stage1 + MBR_MAGIC_OFFSET, "\x55\xaa", 2);
    memcpy(image, stage1, sizeof stage1);
    memcpy(image + MBR_SIGNATURE_OFFSET, &table, sizeof table);
    for (unsigned i = 0; i < COPIES_MAX; i++) {
        uint8_t *at = image + (i == 0 ? STAGE2_LBA : STAGE2_COPY_LBA) * SECTOR_SIZE;
        uint8_t *partition = image + plan.partitions[i].first * SECTOR_SIZE;

        memcpy(at, code, sizeof code);
        memcpy(at, &stage2, sizeof stage2);
        memcpy(partition, &kernel, sizeof kernel);
        memcpy(partition + SECTOR_SIZE, payload, sizeof payload);
    }
    return 0;
}

static const struct finding *finding_about(uint64_t byte)
{
    for (unsigned i = 0; i < result.count; i++)
        if (result.findings[i].first <= byte && byte <= result.findings[i].last)
            return &result.findings[i];
    return NULL;
}

static void test_good_image_is_healthy_and_wholly_explained(void **state)
{
    uint64_t next = 0;
    (void)state;

    inspect(SECTORS);
    assert_string_equal(inspection_verdict(&result), "healthy, with second copies");
    for (unsigned i = 0; i < result.count; i++) {
        assert_int_equal(result.findings[i].first, next);
        assert_int_in_range(result.findings[i].state, FINDING_RIGHT, FINDING_FREE);
        next = result.findings[i].last + 1;
    }
    assert_int_equal(next, sizeof image);
}

/* Every byte of `count` sectors, each with another bit flipped: the inspector must notice. */
static void flip_all(uint64_t lba, uint64_t count)
{
    for (uint64_t at = lba * SECTOR_SIZE; at < (lba + count) * SECTOR_SIZE; at++) {
        uint8_t bit = (uint8_t)(1 << at % 8);
        bool noticed = false;

        image[at] ^= bit;
        inspect(SECTORS);
        for (unsigned i = 0; i < result.count; i++)
            noticed = noticed || result.findings[i].state >= FINDING_NOTE;
        image[at] ^= bit;
        if (!noticed)
            fail_msg("no part notices a change of byte %#llx", (unsigned long long)at);
        assert_non_null(finding_about(at));
    }
}

static void test_every_changed_byte_is_noticed(void **state)
{
    (void)state;
    flip_all(0, STAGE2_LBA + 4); /* MBR, stage 2, the start of the gap */
    flip_all(STAGE2_COPY_LBA, 1);
    flip_all(plan.partitions[0].first, 5);
    flip_all(plan.partitions[1].first, 4);
}

static void test_second_active_partition_is_wrong(void **state)
{
    const unsigned status = MBR_TABLE_OFFSET + sizeof(struct partition);
    (void)state;

    image[status] = PARTITION_ACTIVE;
    inspect(SECTORS);
    assert_int_equal(result.wrong, 1);
    image[status] = 0;
    image[MBR_TABLE_OFFSET] = 0;
    inspect(SECTORS);
    assert_int_equal(result.wrong, 1);
    image[MBR_TABLE_OFFSET] = PARTITION_ACTIVE;
}

static void test_one_damaged_copy_leaves_a_whole_one(void **state)
{
    uint64_t at = (plan.partitions[0].first + 1) * SECTOR_SIZE;
    (void)state;

    image[at] ^= 1;
    inspect(SECTORS);
    assert_int_equal(result.wrong, 1);
    assert_string_equal(finding_about(at)->name, "partition 1: kernel");
    assert_string_equal(inspection_verdict(&result),
                        "damaged, but there is an intact copy of stage 2 and of a kernel");
    image[plan.partitions[1].first * SECTOR_SIZE + 20] ^= 1;
    inspect(SECTORS);
    assert_string_equal(inspection_verdict(&result), "damaged");
    image[plan.partitions[1].first * SECTOR_SIZE + 20] ^= 1;
    image[at] ^= 1;
}

/* The last sectors of the floppy are free: a shorter image lacks the end of partition 2 only. */
static void test_every_shorter_image_is_damaged(void **state)
{
    (void)state;
    for (uint64_t sectors = 0; sectors < SECTORS; sectors += sectors < KERNEL_LBA ? 97 : 1) {
        inspect(sectors);
        assert_true(result.wrong + result.unreadable > 0);
    }
}

static void test_every_unreadable_sector_is_reported(void **state)
{
    (void)state;
    for (unreadable = 0; unreadable < SECTORS; unreadable++) {
        inspect(SECTORS);
        assert_true(result.unreadable > 0);
        assert_int_equal(finding_about(unreadable * SECTOR_SIZE)->state, FINDING_UNREADABLE);
    }
    unreadable = NOBODY;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_image_is_healthy_and_wholly_explained),
        cmocka_unit_test(test_every_changed_byte_is_noticed),
        cmocka_unit_test(test_second_active_partition_is_wrong),
        cmocka_unit_test(test_one_damaged_copy_leaves_a_whole_one),
        cmocka_unit_test(test_every_shorter_image_is_damaged),
        cmocka_unit_test(test_every_unreadable_sector_is_reported),
    };
    return cmocka_run_group_tests(tests, make_image, NULL);
}
