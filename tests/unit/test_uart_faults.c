/*
 * test_uart_faults.c - the serial port when it is missing or broken.
 */
#include "tests/unit/uart_chip.h"

/* ---- what may be wrong with a port -------------------------------------- */

static void test_absent_uart_is_noticed_at_once_and_left_alone(void **state)
{
    struct uart port;

    (void)state;
    uart.chip = CHIP_ABSENT;
    assert_false(uart_start(&port, PORT));
    assert_false(port.present);
    assert_true(uart.accesses < FEW);
    assert_left_alone(&port);
}

static void test_wrong_echo_means_no_uart(void **state)
{
    struct uart port;

    (void)state;
    uart.flipping = 1;
    assert_false(uart_start(&port, PORT));
    assert_left_alone(&port);
}

static void test_missing_echo_costs_one_bounded_wait(void **state)
{
    struct uart port;

    (void)state;
    uart.deaf = 1;
    assert_false(uart_start(&port, PORT));
    assert_true(uart.accesses < BOUND);
    assert_left_alone(&port);
}

static void test_uart_without_loop_back_is_used_and_no_probe_reaches_its_line(void **state)
{
    struct uart port;

    (void)state;
    uart.no_loop_back = 1;
    assert_true(uart_start(&port, PORT));
    uart_write(&port, long_text, LONG_LENGTH);
    assert_line(long_text, LONG_LENGTH);
}

static void test_registers_that_neither_loop_nor_hold_mean_no_uart(void **state)
{
    struct uart port;

    (void)state;
    uart.no_loop_back = uart.forgetful = 1;
    assert_false(uart_start(&port, PORT));
    assert_left_alone(&port);
}

static void test_transmitter_stuck_at_start_costs_one_bounded_wait(void **state)
{
    struct uart port;

    (void)state;
    uart.stuck = 1;
    assert_false(uart_start(&port, PORT));
    assert_true(uart.accesses < BOUND);
    assert_left_alone(&port);
}

static void test_transmitter_that_gets_stuck_costs_only_once(void **state)
{
    (void)state;
    struct uart port = start();

    uart.stuck = 1;
    uart_write(&port, long_text, LONG_LENGTH);
    assert_true(port.stuck);
    assert_true(uart.accesses < BOUND_SENDING);
    uart.accesses = 0;
    uart_write(&port, long_text, LONG_LENGTH);
    assert_true(uart.accesses < 10);
}

static void test_transmitter_that_moves_again_is_used_again(void **state)
{
    (void)state;
    struct uart port = start();

    uart.stuck = 1;
    uart_write(&port, "lost", 4);
    uart.stuck = 0;
    uart_write(&port, long_text, LONG_LENGTH);
    assert_false(port.stuck);
    assert_line(long_text, LONG_LENGTH);
}

/* A full FIFO takes 1.4 ms to send; a fast emulator fits some 60,000 polls into that. */
static void test_slow_transmitter_is_not_taken_for_a_stuck_one(void **state)
{
    (void)state;
    struct uart port = start();

    uart.accesses_per_byte = 60000 / 16;
    uart_write(&port, long_text, LONG_LENGTH);
    assert_true(port.present);
    assert_line(long_text, LONG_LENGTH);
}

static void test_newline_becomes_carriage_return_and_newline(void **state)
{
    (void)state;
    struct uart port = start();

    uart_write_text(&port, "\na\n\nbc\rd", 9);
    assert_line("\r\na\r\n\r\nbc\rd", 12);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_absent_uart_is_noticed_at_once_and_left_alone, plug_in_16550a),
        cmocka_unit_test_setup(test_wrong_echo_means_no_uart, plug_in_16550a),
        cmocka_unit_test_setup(test_missing_echo_costs_one_bounded_wait, plug_in_16550a),
        cmocka_unit_test_setup(test_uart_without_loop_back_is_used_and_no_probe_reaches_its_line,
                               plug_in_16550a),
        cmocka_unit_test_setup(test_registers_that_neither_loop_nor_hold_mean_no_uart,
                               plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_stuck_at_start_costs_one_bounded_wait,
                               plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_that_gets_stuck_costs_only_once, plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_that_moves_again_is_used_again, plug_in_16550a),
        cmocka_unit_test_setup(test_newline_becomes_carriage_return_and_newline, plug_in_16550a),
        cmocka_unit_test_setup(test_slow_transmitter_is_not_taken_for_a_stuck_one, plug_in_16550a),
    };

    return cmocka_run_group_tests_name("uart_faults", tests, NULL, NULL);
}
