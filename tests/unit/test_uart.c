/*
 * test_uart.c - the serial port, against a model of the chip.
 *
 * The model knows the 16550A, its ancestors without a working FIFO, and the
 * ways in which a port can be missing or broken.  Its time is counted in port
 * accesses: each one lets the transmitter work a little.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../lib/port.h"
#include "../../lib/uart.h"

#define PORT 0x2f8 /* COM2, so that no COM1 is wired into the code */
#define FEW 200 /* accesses that cost nothing to speak of */
#define BOUND 200000 /* accesses that any one wait may cost */
#define BOUND_SENDING 1100000 /* the same while sending */

/* ---- the chip ----------------------------------------------------------- */

enum chip { CHIP_16550A, CHIP_16550, CHIP_8250, CHIP_ABSENT };

struct queue {
    uint8_t bytes[4096];
    unsigned count;
};

static struct {
    enum chip chip;
    int stuck;             /* the transmitter never gets done */
    int deaf;              /* the echo of the loop-back never comes */
    int flipping;          /* the echo comes with a bit flipped */
    int overrun;           /* a received byte was lost: told once */
    int loose_modem_lines; /* the loop-back does not carry the modem lines */

    uint8_t ier, fcr, lcr, mcr, dll, dlm;
    struct queue transmitter, receiver, line;
    unsigned accesses_per_byte;
    unsigned progress;     /* of the byte on its way out, in accesses */
    unsigned accesses, status_reads;
    unsigned lost;         /* bytes written to a full transmitter */
    unsigned disturbed;    /* settings changed while a byte was on its way */
} uart;

static void push(struct queue *queue, uint8_t byte)
{
    assert_true(queue->count < sizeof(queue->bytes));
    queue->bytes[queue->count++] = byte;
}

static uint8_t shift(struct queue *queue)
{
    uint8_t first = queue->bytes[0];

    assert_true(queue->count > 0);
    queue->count--;
    memmove(queue->bytes, queue->bytes + 1, queue->count);
    return first;
}

static unsigned depth(void)
{
    return uart.chip == CHIP_16550A && (uart.fcr & 0x01) ? 16 : 1;
}

/* The echo arrives in the receiver; a receiver without FIFO holds the last byte only. */
static void echo(uint8_t byte)
{
    if (uart.deaf)
        return;
    if (uart.receiver.count == depth())
        uart.receiver.count--;
    push(&uart.receiver, uart.flipping ? byte ^ 0x10 : byte);
}

static void let_time_pass(void)
{
    uart.accesses++;
    if (uart.transmitter.count == 0 || uart.stuck || ++uart.progress < uart.accesses_per_byte)
        return;
    uart.progress = 0;
    if (uart.mcr & 0x10)
        echo(shift(&uart.transmitter));
    else
        push(&uart.line, shift(&uart.transmitter));
}

/* TEMT and THRE fall together here: the model's shift register is part of its FIFO. */
static uint8_t line_status(void)
{
    int overrun = uart.overrun;

    uart.status_reads++;
    uart.overrun = 0;
    return (uint8_t)((uart.receiver.count > 0 ? 0x01 : 0) | (overrun ? 0x02 : 0) |
                     (uart.transmitter.count == 0 && !uart.stuck ? 0x60 : 0));
}

/* Data sheet, 8.6.6: in loop-back the four outputs are wired to the four inputs. */
static uint8_t modem_status(void)
{
    if (!(uart.mcr & 0x10) || uart.loose_modem_lines)
        return 0;
    return (uint8_t)((uart.mcr & 0x02 ? 0x10 : 0) | (uart.mcr & 0x01 ? 0x20 : 0) |
                     (uart.mcr & 0x04 ? 0x40 : 0) | (uart.mcr & 0x08 ? 0x80 : 0));
}

static uint8_t interrupt_identification(void)
{
    if (!(uart.fcr & 0x01) || uart.chip == CHIP_8250)
        return 0x01;
    return uart.chip == CHIP_16550A ? 0xc1 : 0x81;
}

uint8_t inb(uint16_t port)
{
    int latch = uart.lcr & 0x80;

    assert_in_range(port, PORT, PORT + 7);
    let_time_pass();
    if (uart.chip == CHIP_ABSENT)
        return 0xff;
    switch (port - PORT) {
    case 0: return latch ? uart.dll : uart.receiver.count > 0 ? shift(&uart.receiver) : 0;
    case 1: return latch ? uart.dlm : uart.ier;
    case 2: return interrupt_identification();
    case 3: return uart.lcr;
    case 4: return uart.mcr;
    case 5: return line_status();
    case 6: return modem_status();
    default: return 0;
    }
}

static void transmit(uint8_t byte)
{
    if (uart.transmitter.count >= depth())
        uart.lost++;
    else
        push(&uart.transmitter, byte);
}

/* Data sheet, 8.6.3: bits 1 and 2 clear the FIFOs, and so does changing bit 0. */
static void control_fifo(uint8_t value)
{
    uint8_t clear = (uart.fcr ^ value) & 0x01 ? 0x06 : value;

    if (clear & 0x02)
        uart.receiver.count = 0;
    if (clear & 0x04)
        uart.transmitter.count = 0;
    uart.fcr = value & 0x01 ? value & 0xc9 : 0;
}

void outb(uint16_t port, uint8_t value)
{
    unsigned reg = (unsigned)port - PORT;
    int latch = uart.lcr & 0x80;

    assert_in_range(port, PORT, PORT + 7);
    let_time_pass();
    if (uart.chip == CHIP_ABSENT)
        return;
    if (uart.transmitter.count > 0 && ((reg == 0 && latch) || (reg > 0 && reg < 5)))
        uart.disturbed++;
    switch (reg) {
    case 0:
        if (latch)
            uart.dll = value;
        else
            transmit(value);
        break;
    case 1: *(latch ? &uart.dlm : &uart.ier) = value; break;
    case 2:
        if (uart.chip != CHIP_8250)
            control_fifo(value);
        break;
    case 3: uart.lcr = value; break;
    case 4: uart.mcr = value; break;
    default: fail_msg("write to register %u", reg);
    }
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("outw(%#x, %#x): a UART's registers are bytes", port, value);
}

/* ---- helpers ------------------------------------------------------------ */

/* As a BIOS may leave it: 2400 baud, 7E1, interrupts on.  One access takes a microsecond. */
static int plug_in_16550a(void **state)
{
    (void)state;
    memset(&uart, 0, sizeof(uart));
    uart.lcr = 0x1a;
    uart.dll = 48;
    uart.ier = 0x0f;
    uart.accesses_per_byte = 87; /* 10 bits at 115200 baud */
    return 0;
}

static struct uart start(void)
{
    struct uart port;

    uart_start(&port, PORT);
    uart.accesses = uart.status_reads = 0;
    return port;
}

static void wait_until_sent(void)
{
    while (uart.transmitter.count > 0)
        let_time_pass();
}

static void assert_line(const char *bytes, unsigned count)
{
    wait_until_sent();
    assert_int_equal(uart.line.count, count);
    assert_memory_equal(uart.line.bytes, bytes, count);
    assert_int_equal(uart.lost, 0);
}

static void assert_left_alone(struct uart *port)
{
    uart.accesses = 0;
    uart_write(port, "text", 4);
    assert_int_equal(uart_read(port), -1);
    assert_int_equal(uart.accesses, 0);
}

static const char long_text[] = "Every byte of this arrives, in order, and none is lost on its way "
                                "to the other end of the line.\r\n";
#define LONG_LENGTH ((unsigned)sizeof(long_text) - 1)

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

/* Stage 2 had the FIFO on already, and the user typed while the kernel was loading. */
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

static void test_modem_lines_that_do_not_loop_mean_no_uart(void **state)
{
    struct uart port;

    (void)state;
    uart.loose_modem_lines = 1;
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
static void test_working_fifo_takes_16_bytes_a_poll(void **state)
{
    (void)state;
    struct uart port = start();

    uart_write(&port, long_text, 16);
    assert_int_equal(uart.status_reads, 1);
    assert_int_equal(uart.transmitter.count, 16);
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

static void test_overruns_are_counted_by_whoever_sees_them(void **state)
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

static void test_receiving_interrupts_only_when_told_to(void **state)
{
    (void)state;
    struct uart port = start();

    assert_int_equal(uart.ier, 0);
    uart_interrupt_on_receive(&port);
    assert_int_equal(uart.ier, 0x01);
    assert_true(uart.mcr & 0x08); /* OUT2 lets the line through */
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
        cmocka_unit_test_setup(test_absent_uart_is_noticed_at_once_and_left_alone, plug_in_16550a),
        cmocka_unit_test_setup(test_wrong_echo_means_no_uart, plug_in_16550a),
        cmocka_unit_test_setup(test_missing_echo_costs_one_bounded_wait, plug_in_16550a),
        cmocka_unit_test_setup(test_modem_lines_that_do_not_loop_mean_no_uart, plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_stuck_at_start_costs_one_bounded_wait,
                               plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_that_gets_stuck_costs_only_once, plug_in_16550a),
        cmocka_unit_test_setup(test_transmitter_that_moves_again_is_used_again, plug_in_16550a),
        cmocka_unit_test_setup(test_newline_becomes_carriage_return_and_newline, plug_in_16550a),
        cmocka_unit_test_setup(test_slow_transmitter_is_not_taken_for_a_stuck_one, plug_in_16550a),
        cmocka_unit_test_setup(test_bytes_are_sent_in_order_by_every_kind_of_chip, plug_in_16550a),
        cmocka_unit_test_setup(test_writes_of_any_length_follow_each_other, plug_in_16550a),
        cmocka_unit_test_setup(test_every_byte_value_is_sent_as_it_is, plug_in_16550a),
        cmocka_unit_test_setup(test_working_fifo_takes_16_bytes_a_poll, plug_in_16550a),
        cmocka_unit_test_setup(test_nothing_received_reads_as_minus_one, plug_in_16550a),
        cmocka_unit_test_setup(test_received_bytes_come_in_order_and_unsigned, plug_in_16550a),
        cmocka_unit_test_setup(test_overruns_are_counted_by_whoever_sees_them, plug_in_16550a),
        cmocka_unit_test_setup(test_receiving_interrupts_only_when_told_to, plug_in_16550a),
    };

    return cmocka_run_group_tests_name("uart", tests, NULL, NULL);
}
