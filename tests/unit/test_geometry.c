/*
 * test_geometry.c - CHS arithmetic, compared with counting sector by sector.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "stage2/geometry.h"

static void test_counting_through_a_floppy_agrees(void **state)
{
    const struct geometry g = geometry_from_bios(18, 1); /* 1.44 MB: 80 cylinders */
    uint64_t lba = 0;
    struct chs at;
    (void)state;
    for (unsigned cylinder = 0; cylinder < 80; cylinder++)
        for (unsigned head = 0; head < 2; head++)
            for (unsigned sector = 1; sector <= 18; sector++, lba++) {
                assert_true(geometry_locate(g, lba, &at));
                assert_int_equal(at.cylinder, cylinder);
                assert_int_equal(at.head, head);
                assert_int_equal(at.sector, sector);
                assert_int_equal(geometry_left_in_track(g, lba), 18 - sector + 1);
            }
}

static void test_largest_geometry_reaches_its_last_sector(void **state)
{
    const struct geometry g = geometry_from_bios(0xff, 0xff); /* bits 6-7 are the cylinder's */
    const uint64_t sectors = 1024ull * 256 * 63;
    struct chs at;
    (void)state;
    assert_int_equal(g.heads, 256);
    assert_int_equal(g.sectors_per_track, 63);
    assert_true(geometry_locate(g, sectors - 1, &at));
    assert_int_equal(at.cylinder, 1023);
    assert_int_equal(at.head, 255);
    assert_int_equal(at.sector, 63);
    assert_false(geometry_locate(g, sectors, &at));
    assert_false(geometry_locate(g, UINT64_MAX, &at));
    assert_false(geometry_locate(g, 1ull << 32, &at)); /* 64 bits, not cut to 32 */
}

static void test_drive_without_sectors_is_unusable(void **state)
{
    struct chs at;
    (void)state;
    assert_false(geometry_locate(geometry_from_bios(0x40, 5), 0, &at));
}

static void test_cylinder_is_split_over_ch_and_cl(void **state)
{
    (void)state;
    assert_int_equal(geometry_cx((struct chs){ .cylinder = 0x3a5, .sector = 0x21 }), 0xa5e1);
    assert_int_equal(geometry_cx((struct chs){ .cylinder = 0x0ff, .sector = 1 }), 0xff01);
    assert_int_equal(geometry_cx((struct chs){ .cylinder = 0x100, .sector = 63 }), 0x007f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counting_through_a_floppy_agrees),
        cmocka_unit_test(test_largest_geometry_reaches_its_last_sector),
        cmocka_unit_test(test_drive_without_sectors_is_unusable),
        cmocka_unit_test(test_cylinder_is_split_over_ch_and_cl),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
