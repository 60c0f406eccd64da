/*
 * test_uart.c - the working serial port: starting, sending, receiving.
 */
#include "tests/unit/uart_chip.h"

/* ---- starting ----------------------------------------------------------- */

static void test_start_sets_115200_baud_8n1(void **state)
{
    struct uart port;

    (void)state;
    assert_true(uart_start(&port, PORT));
    assert_true(port.present);
    assert_int_equal(port.port, PORT);
    assert_int_equal(uart.dlm << 8 | uart.dll, 1);
    assert_int_equal(uart.lcr, 0x03);
}

/* Receive trigger level 1 (bits 6-7 = 0), for Bochs; interrupts off, we poll. */
static void test_start_switches_fifos_on_and_interrupts_off(void **state)
{
    (void)state;
    start();
    assert_int_equal(uart.fcr, 0x01);
    assert_int_equal(uart.ier, 0);
}

static void test_start_ends_the_loop_back_with_the_line_ready(void **state)
{
    (void)state;
    start();
    assert_int_equal(uart.mcr, 0x0b); /* DTR, RTS, OUT2 */
}

static void test_loop_back_byte_reaches_neither_line_nor_reader(void **state)
{
    (void)state;
    struct uart port = start();

    wait_until_sent();
    assert_int_equal(uart.line.count, 0);
    assert_int_equal(uart_read(&port), -1);
}

static void test_start_lets_a_transmission_end_unharmed(void **state)
{
    (void)state;
    uart.fcr = 0x01;
    for (const char *p = "from stage 1"; *p != '\0'; p++)
        transmit((uint8_t)*p);
    assert_true(start().present);
    assert_int_equal(uart.disturbed, 0);
    assert_line("from stage 1", 12);
}

/* Stage 2 has already enabled the FIFO, and the user has typed while the kernel was loading. */
static void test_start_keeps_what_was_typed_ahead(void **state)
{
    (void)state;
    uart.fcr = 0x01;
    push(&uart.receiver, 'l');
    push(&uart.receiver, 's');
    struct uart port = start();

    assert_true(port.present);
    assert_int_equal(uart_read(&port), 'l');
    assert_int_equal(uart_read(&port), 's');
    assert_int_equal(uart_read(&port), -1);
}

static void test_start_finds_every_kind_of_chip(void **state)
{
    (void)state;
    for (enum chip chip = CHIP_16550A; chip < CHIP_ABSENT; chip++) {
        plug_in_16550a(NULL);
        uart.chip = chip;
        assert_true(start().present);
        assert_int_equal(uart.lost, 0);
    }
}

/* ---- writing and reading ------------------------------------------------ */

static void test_bytes_are_sent_in_order_by_every_kind_of_chip(void **state)
{
    (void)state;
    for (enum chip chip = CHIP_16550A; chip < CHIP_ABSENT; chip++) {
        plug_in_16550a(NULL);
        uart.chip = chip;
        struct uart port = start();

        uart_write(&port, long_text, LONG_LENGTH);
        assert_line(long_text, LONG_LENGTH);
    }
}

static void test_writes_of_any_length_follow_each_other(void **state)
{
    static const char bytes[] = "0123456789abcdefghijklmnopqrstuvwxyz";

    (void)state;
    for (unsigned length = 0; length <= 33; length++) {
        plug_in_16550a(NULL);
        struct uart port = start();

        uart_write(&port, bytes, length);
        uart_write(&port, "!", 1);
        wait_until_sent();
        assert_int_equal(uart.line.bytes[length], '!');
        uart.line.count--;
        assert_line(bytes, length);
    }
}

static void test_every_byte_value_is_sent_as_it_is(void **state)
{
    char bytes[256];

    (void)state;
    struct uart port = start();

    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)i;
    uart_write(&port, bytes, sizeof(bytes));
    assert_line(bytes, sizeof(bytes));
}

/* Port reads are what sending costs: on an idle line 16 bytes take one poll. */
static void test_working_fifo_takes_16_bytes_per_poll(void **state)
{
    (void)state;
    struct uart port = start();

    uart_write(&port, long_text, 16);
    assert_int_equal(uart.status_reads, 1);
    assert_int_equal(uart.transmitter.count, 16);
}

/* The line end uses the remaining room: 14 characters, \r and \n fill one FIFO. */
static void test_text_fills_the_fifo_across_line_ends(void **state)
{
    (void)state;
    struct uart port = start();

    uart_write_text(&port, "a\n012345678\nb", 13);
    assert_int_equal(uart.status_reads, 1);
    assert_int_equal(uart.transmitter.count, 15);
    assert_int_equal(uart.lost, 0);
    wait_until_sent();
    uart_write_text(&port, "0123456789abcdef\n", 17);
    wait_until_sent();
    assert_line("a\r\n012345678\r\nb0123456789abcdef\r\n", 33);
    assert_int_equal(uart.lost, 0);
}

static void test_nothing_received_reads_as_minus_one(void **state)
{
    (void)state;
    struct uart port = start();

    assert_int_equal(uart_read(&port), -1);
}

static void test_received_bytes_come_in_order_and_unsigned(void **state)
{
    (void)state;
    struct uart port = start();

    push(&uart.receiver, 'a');
    push(&uart.receiver, 0);
    push(&uart.receiver, 0xff);
    assert_int_equal(uart_read(&port), 'a');
    assert_int_equal(uart_read(&port), 0);
    assert_int_equal(uart_read(&port), 0xff);
    assert_int_equal(uart_read(&port), -1);
}

static void test_overruns_are_counted_by_every_read_of_the_status(void **state)
{
    (void)state;
    struct uart port = start();

    assert_int_equal(port.overruns, 0);
    uart.overrun = 1;
    assert_int_equal(uart_read(&port), -1);
    assert_int_equal(port.overruns, 1);
    uart.overrun = 1;
    uart_write(&port, "x", 1);
    assert_int_equal(uart_read(&port), -1);
    assert_int_equal(port.overruns, 2);
}

static void test_receiving_interrupts_only_when_enabled(void **state)
{
    (void)state;
    struct uart port = start();

    assert_int_equal(uart.ier, 0);
    uart_interrupt_on_receive(&port);
    assert_int_equal(uart.ier, 0x01);
    assert_true(uart.mcr & 0x08); /* OUT2 connects the interrupt line */
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_start_sets_115200_baud_8n1, plug_in_16550a),
        cmocka_unit_test_setup(test_start_switches_fifos_on_and_interrupts_off, plug_in_16550a),
        cmocka_unit_test_setup(test_start_ends_the_loop_back_with_the_line_ready, plug_in_16550a),
        cmocka_unit_test_setup(test_loop_back_byte_reaches_neither_line_nor_reader, plug_in_16550a),
        cmocka_unit_test_setup(test_start_lets_a_transmission_end_unharmed, plug_in_16550a),
        cmocka_unit_test_setup(test_start_keeps_what_was_typed_ahead, plug_in_16550a),
        cmocka_unit_test_setup(test_start_finds_every_kind_of_chip, plug_in_16550a),
        cmocka_unit_test_setup(test_bytes_are_sent_in_order_by_every_kind_of_chip, plug_in_16550a),
        cmocka_unit_test_setup(test_writes_of_any_length_follow_each_other, plug_in_16550a),
        cmocka_unit_test_setup(test_every_byte_value_is_sent_as_it_is, plug_in_16550a),
        cmocka_unit_test_setup(test_working_fifo_takes_16_bytes_per_poll, plug_in_16550a),
        cmocka_unit_test_setup(test_text_fills_the_fifo_across_line_ends, plug_in_16550a),
        cmocka_unit_test_setup(test_nothing_received_reads_as_minus_one, plug_in_16550a),
        cmocka_unit_test_setup(test_received_bytes_come_in_order_and_unsigned, plug_in_16550a),
        cmocka_unit_test_setup(test_overruns_are_counted_by_every_read_of_the_status, plug_in_16550a),
        cmocka_unit_test_setup(test_receiving_interrupts_only_when_enabled, plug_in_16550a),
    };

    return cmocka_run_group_tests_name("uart", tests, NULL, NULL);
}
