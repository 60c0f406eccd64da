/*
 * test_pic.c - how the 8259s are programmed, tested with fakes built from the data sheet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/interrupts/internal/pic.h"
#include "lib/port.h"

struct fake_pic {
    uint8_t vector, icw3, icw4, mask, in_service;
    unsigned initialisation; /* ICW2-ICW4 still to come */
    bool reads_isr;
};

static struct fake_pic pics[2];
static bool absent;

static int start(void **state)
{
    (void)state;
    memset(pics, 0, sizeof pics);
    absent = false;
    return 0;
}

static struct fake_pic *pic_at(uint16_t port)
{
    assert_true((port & ~1) == 0x20 || (port & ~1) == 0xa0);
    return &pics[port >= 0xa0];
}

uint8_t inb(uint16_t port)
{
    struct fake_pic *pic = pic_at(port);

    if (absent)
        return 0xff;
    if (port & 1)
        return pic->mask;
    return pic->reads_isr ? pic->in_service : 0;
}

static void fake_data(struct fake_pic *pic, uint8_t value)
{
    switch (pic->initialisation) {
    case 3:
        pic->vector = value;
        break;
    case 2:
        pic->icw3 = value;
        break;
    case 1:
        pic->icw4 = value;
        break;
    default:
        pic->mask = value;
        return;
    }
    pic->initialisation--;
}

void outb(uint16_t port, uint8_t value)
{
    struct fake_pic *pic = pic_at(port);

    if (port & 1) {
        fake_data(pic, value);
    } else if (value & 0x10) {
        assert_int_equal(value, 0x11);
        pic->initialisation = 3;
        pic->mask = 0;
    } else if (value & 0x08) {
        pic->reads_isr = (value & 3) == 3;
    } else {
        assert_int_equal(value & 0xf8, 0x60); /* specific EOI */
        assert_true(pic->in_service & 1u << (value & 7));
        pic->in_service &= (uint8_t)~(1u << (value & 7));
    }
}

uint16_t inw(uint16_t port)
{
    fail_msg("word from port %x", port);
    return 0;
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("%04x to port %x", value, port);
}

static void test_lines_are_mapped_to_the_vectors_and_masked(void **state)
{
    (void)state;
    assert_true(pic_start(0x20));
    assert_int_equal(pics[0].vector, 0x20);
    assert_int_equal(pics[1].vector, 0x28);
    assert_int_equal(pics[0].icw3, 0x04);
    assert_int_equal(pics[1].icw3, 0x02);
    assert_int_equal(pics[0].icw4 & pics[1].icw4, 0x01);
    assert_int_equal(pics[0].mask & pics[1].mask, 0xff);
}

static void test_no_pic_is_noticed(void **state)
{
    (void)state;
    absent = true;
    assert_false(pic_start(0x20));
}

static void test_a_line_of_the_second_opens_the_cascade(void **state)
{
    (void)state;
    assert_true(pic_start(0x20));
    pic_unmask(1);
    assert_int_equal(pics[0].mask, 0xfd);
    pic_unmask(12);
    assert_int_equal(pics[0].mask, 0xf9);
    assert_int_equal(pics[1].mask, 0xef);
}

static void test_only_lines_7_and_15_can_be_spurious(void **state)
{
    (void)state;
    for (unsigned line = 0; line < PIC_LINES; line++)
        assert_int_equal(pic_is_spurious(line), line == 7 || line == 15);
    pics[0].in_service = pics[1].in_service = 0x80;
    assert_false(pic_is_spurious(7));
    assert_false(pic_is_spurious(15));
}

static void test_each_interrupt_is_ended_where_it_is_in_service(void **state)
{
    (void)state;
    pics[0].in_service = 0x03;
    pic_end(1);
    assert_int_equal(pics[0].in_service, 0x01);
    pics[0].in_service = 0x04;
    pics[1].in_service = 0x10;
    pic_end(12);
    assert_int_equal(pics[0].in_service | pics[1].in_service, 0);
}

static void test_a_spurious_interrupt_of_the_second_is_real_for_the_first(void **state)
{
    (void)state;
    pics[0].in_service = 0x04;
    pic_end_spurious(15);
    assert_int_equal(pics[0].in_service, 0);
    pic_end_spurious(7); /* would fail if it wrote an EOI */
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_lines_are_mapped_to_the_vectors_and_masked, start),
        cmocka_unit_test_setup(test_no_pic_is_noticed, start),
        cmocka_unit_test_setup(test_a_line_of_the_second_opens_the_cascade, start),
        cmocka_unit_test_setup(test_only_lines_7_and_15_can_be_spurious, start),
        cmocka_unit_test_setup(test_each_interrupt_is_ended_where_it_is_in_service, start),
        cmocka_unit_test_setup(test_a_spurious_interrupt_of_the_second_is_real_for_the_first, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
