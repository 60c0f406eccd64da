/*
 * test_i8042.c - the PS/2 controller's driver, tested with faulty controllers.
 *
 * The fake has the registers of an 8042 with a keyboard connected; time passes
 * only in delay_us().
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/input/i8042.h"
#include "kernel/time/delay.h"
#include "lib/port.h"
#include "tests/unit/in_range.h"

#define DATA 0x60
#define STATUS 0x64
#define NOTHING -1
#define NOW 12345 /* us */

static struct {
    /* faults */
    bool absent, mute, slow, never_ready;
    uint8_t self_test, port_test;
    /* state */
    int output[8]; /* bytes for the CPU; from the mouse with bit 8 set */
    unsigned output_count;
    int command;  /* the command that waits for its data byte */
    uint8_t config;
    bool keyboard_off, mouse_off, reset;
    int keyboard_got;
    unsigned waited_us, data_reads;
} fake;

/* What the driver took for keys, since start_and_test(). */
static int keys[8];
static unsigned key_count;

static void fake_answers(int byte)
{
    if (!fake.mute)
        fake.output[fake.output_count++] = byte;
}

static int start(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    fake.self_test = 0x55;
    fake.command = fake.keyboard_got = NOTHING;
    fake.config = 0x45; /* mouse clock on */
    return 0;
}

uint8_t inb(uint16_t port)
{
    if (fake.absent)
        return 0xff;
    if (port == STATUS) {
        bool full = fake.output_count > 0;

        return (uint8_t)(full | fake.never_ready << 1 | (full && fake.output[0] & 0x100) << 5);
    }
    assert_int_equal(port, DATA);
    assert_true(fake.output_count > 0);
    fake.data_reads++;

    uint8_t byte = (uint8_t)fake.output[0];

    memmove(fake.output, fake.output + 1, --fake.output_count * sizeof fake.output[0]);
    return byte;
}

static void fake_command(uint8_t value)
{
    switch (value) {
    case 0x60: fake.command = value; break;
    case 0xa7: fake.mouse_off = true; break;
    case 0xaa:
        fake.config = 0x30; /* as some boards do */
        if (!fake.slow)
            fake_answers(fake.self_test);
        break;
    case 0xab: fake_answers(fake.port_test); break;
    case 0xad: fake.keyboard_off = true; break;
    case 0xae: fake.keyboard_off = false; break;
    case 0xfe: fake.reset = true; break;
    default: fail_msg("command %02x", value);
    }
}

void outb(uint16_t port, uint8_t value)
{
    assert_false(fake.absent || fake.never_ready);
    if (port == STATUS) {
        fake_command(value);
    } else if (fake.command == 0x60) {
        fake.config = value;
        fake.command = NOTHING;
    } else {
        fake.keyboard_got = value;
    }
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("wrote %04x to port %x", value, port);
}

void delay_us(unsigned us)
{
    fake.waited_us += us;
}

static void read_keys(void)
{
    for (int byte = i8042_read(); byte >= 0; byte = i8042_read())
        keys[key_count++] = byte;
}

/* As keyboard_device.c does it, but all answers arrive at once. */
static enum i8042_result start_and_test(void)
{
    key_count = 0;

    enum i8042_result result = i8042_start();

    read_keys();
    i8042_begin_tests(NOW);
    if (result == I8042_READY)
        read_keys();
    return i8042_state();
}

static void test_a_good_controller_is_set_up(void **state)
{
    (void)state;
    assert_int_equal(start_and_test(), I8042_READY);
    assert_true(i8042_present());
    assert_int_equal(fake.config, 0x65); /* IRQ 1, system flag, mouse off, translation */
    assert_false(fake.keyboard_off);
    assert_true(fake.mouse_off);
    assert_int_equal(fake.waited_us, 0);
    assert_int_equal(key_count, 0);
}

static void test_what_was_buffered_is_a_key_and_not_an_answer(void **state)
{
    (void)state;
    fake_answers(0x1e);
    fake_answers(0x19e); /* the mouse's */
    fake_answers(0x9e);
    assert_int_equal(start_and_test(), I8042_READY);
    assert_int_equal(fake.output_count, 0);
    assert_int_equal(key_count, 2);
    assert_int_equal(keys[0], 0x1e);
    assert_int_equal(keys[1], 0x9e);
}

static void test_nothing_waits_for_the_self_test_and_no_key_is_lost(void **state)
{
    (void)state;
    fake.slow = true;
    assert_int_equal(start_and_test(), I8042_TESTING);
    assert_true(fake.keyboard_off);
    assert_int_equal(fake.waited_us, 0);
    fake_answers(0x1e); /* as QEMU does, with the keyboard off */
    fake_answers(0x55);
    fake_answers(0x9e);
    read_keys();
    assert_int_equal(i8042_state(), I8042_READY);
    assert_false(fake.keyboard_off);
    assert_int_equal(fake.config, 0x65);
    assert_int_equal(fake.waited_us, 0);
    assert_int_equal(key_count, 2);
    assert_int_equal(keys[0], 0x1e);
    assert_int_equal(keys[1], 0x9e);
}

static void test_no_controller_costs_nothing(void **state)
{
    (void)state;
    fake.absent = true;
    assert_int_equal(start_and_test(), I8042_ABSENT);
    assert_false(i8042_present());
    assert_int_equal(i8042_read(), -1);
    assert_false(i8042_send(0xed));
    i8042_reset_cpu();
    assert_int_equal(fake.waited_us, 0);
}

static void test_a_controller_that_takes_nothing_is_given_up(void **state)
{
    (void)state;
    fake.never_ready = true;
    assert_int_equal(start_and_test(), I8042_MUTE);
    assert_int_in_range(fake.waited_us, 1, 500000);
}

static void test_a_controller_that_says_nothing_is_given_up_after_a_second(void **state)
{
    (void)state;
    fake.mute = true;
    assert_int_equal(start_and_test(), I8042_TESTING);
    i8042_end_late_tests(NOW + 500000);
    assert_int_equal(i8042_state(), I8042_TESTING);
    i8042_end_late_tests(NOW + 1000001);
    assert_int_equal(i8042_state(), I8042_MUTE);
    assert_int_equal(fake.waited_us, 0);
    assert_int_equal(fake.config, 0x65); /* but set up, in case it only fails to answer */
}

static void test_failed_tests_are_reported_and_survived(void **state)
{
    (void)state;
    fake.self_test = 0xfc;
    assert_int_equal(start_and_test(), I8042_SELF_TEST_FAILED);
    assert_int_equal(fake.config, 0x65);
    assert_false(fake.keyboard_off);
    start(state);
    fake.port_test = 0x02;
    assert_int_equal(start_and_test(), I8042_TESTING);
    i8042_end_late_tests(NOW + 1000001);
    assert_int_equal(i8042_state(), I8042_PORT_FAILED);
    assert_int_equal(fake.config, 0x65);
    assert_false(fake.keyboard_off);
}

static void test_read_takes_the_keyboards_bytes_only(void **state)
{
    (void)state;
    assert_int_equal(start_and_test(), I8042_READY);
    assert_int_equal(i8042_read(), -1);
    fake_answers(0x1e);
    assert_int_equal(i8042_read(), 0x1e);
    fake_answers(0x108);
    fake_answers(0x9e);
    assert_int_equal(i8042_read(), 0x9e);
    fake_answers(0x108);
    assert_int_equal(i8042_read(), -1);
    assert_int_equal(fake.output_count, 0);
}

/* For the running driver, 55h and 00h are keys like any other. */
static void test_after_the_tests_every_byte_is_the_keyboards(void **state)
{
    (void)state;
    assert_int_equal(start_and_test(), I8042_READY);
    fake_answers(0x55);
    fake_answers(0x00);
    assert_int_equal(i8042_read(), 0x55);
    assert_int_equal(i8042_read(), 0x00);
    assert_true(i8042_send(0xed));
    assert_int_equal(fake.keyboard_got, 0xed);
}

static void test_reset_pulls_the_line(void **state)
{
    (void)state;
    i8042_reset_cpu();
    assert_true(fake.reset);
    assert_true(fake.waited_us > 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_a_good_controller_is_set_up, start),
        cmocka_unit_test_setup(test_what_was_buffered_is_a_key_and_not_an_answer, start),
        cmocka_unit_test_setup(test_nothing_waits_for_the_self_test_and_no_key_is_lost, start),
        cmocka_unit_test_setup(test_no_controller_costs_nothing, start),
        cmocka_unit_test_setup(test_a_controller_that_takes_nothing_is_given_up, start),
        cmocka_unit_test_setup(test_a_controller_that_says_nothing_is_given_up_after_a_second, start),
        cmocka_unit_test_setup(test_failed_tests_are_reported_and_survived, start),
        cmocka_unit_test_setup(test_read_takes_the_keyboards_bytes_only, start),
        cmocka_unit_test_setup(test_after_the_tests_every_byte_is_the_keyboards, start),
        cmocka_unit_test_setup(test_reset_pulls_the_line, start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
