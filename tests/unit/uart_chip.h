/*
 * uart_chip.h - a model of a serial port's chip, for the tests of lib/uart.c, one program each.
 *
 * It knows the 16550A, its ancestors without a working FIFO, and the ways in which a
 * port can be missing or broken.  Its time is counted in port accesses: each one
 * lets the transmitter work a little.
 */
#ifndef FIRSTLIGHT_TESTS_UNIT_UART_CHIP_H
#define FIRSTLIGHT_TESTS_UNIT_UART_CHIP_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lib/port.h"
#include "lib/uart.h"
#include "tests/unit/in_range.h"

#define PORT 0x2f8 /* COM2, so that no COM1 is wired into the code */
#define FEW 200 /* accesses that cost next to nothing */
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
    int stuck;             /* the transmitter never finishes */
    int deaf;              /* the echo of the loop-back never comes */
    int flipping;          /* the echo comes with a bit flipped */
    int overrun;           /* a received byte was lost: reported once */
    int no_loop_back;      /* the chip stores the bit and ignores it, as v86's does */
    int forgetful;         /* the control registers read 0 */

    uint8_t ier, fcr, lcr, mcr, dll, dlm;
    struct queue transmitter, receiver, line;
    unsigned accesses_per_byte;
    unsigned progress;     /* of the byte on its way out, in accesses */
    unsigned accesses, status_reads;
    unsigned lost;         /* bytes written to a full transmitter */
    unsigned disturbed;    /* settings changed while a byte was on its way */
} uart;

static inline void push(struct queue *queue, uint8_t byte)
{
    assert_true(queue->count < sizeof(queue->bytes));
    queue->bytes[queue->count++] = byte;
}

static inline uint8_t shift(struct queue *queue)
{
    uint8_t first = queue->bytes[0];

    assert_true(queue->count > 0);
    queue->count--;
    memmove(queue->bytes, queue->bytes + 1, queue->count);
    return first;
}

static inline unsigned depth(void)
{
    return uart.chip == CHIP_16550A && (uart.fcr & 0x01) ? 16 : 1;
}

/* The echo arrives in the receiver; a receiver without FIFO holds the last byte only. */
static inline void echo(uint8_t byte)
{
    if (uart.deaf)
        return;
    if (uart.receiver.count == depth())
        uart.receiver.count--;
    push(&uart.receiver, uart.flipping ? byte ^ 0x10 : byte);
}

static inline void let_time_pass(void)
{
    uart.accesses++;
    if (uart.transmitter.count == 0 || uart.stuck || ++uart.progress < uart.accesses_per_byte)
        return;
    uart.progress = 0;
    if (uart.mcr & 0x10 && !uart.no_loop_back)
        echo(shift(&uart.transmitter));
    else
        push(&uart.line, shift(&uart.transmitter));
}

/* TEMT and THRE fall together here: the model's shift register is part of its FIFO. */
static inline uint8_t line_status(void)
{
    int overrun = uart.overrun;

    uart.status_reads++;
    uart.overrun = 0;
    return (uint8_t)((uart.receiver.count > 0 ? 0x01 : 0) | (overrun ? 0x02 : 0) |
                     (uart.transmitter.count == 0 && !uart.stuck ? 0x60 : 0));
}

/* Data sheet, 8.6.6: in loop-back the four outputs are wired to the four inputs. */
static inline uint8_t modem_status(void)
{
    if (!(uart.mcr & 0x10) || uart.no_loop_back)
        return 0;
    return (uint8_t)((uart.mcr & 0x02 ? 0x10 : 0) | (uart.mcr & 0x01 ? 0x20 : 0) |
                     (uart.mcr & 0x04 ? 0x40 : 0) | (uart.mcr & 0x08 ? 0x80 : 0));
}

static inline uint8_t interrupt_identification(void)
{
    if (!(uart.fcr & 0x01) || uart.chip == CHIP_8250)
        return 0x01;
    return uart.chip == CHIP_16550A ? 0xc1 : 0x81;
}

uint8_t inb(uint16_t port)
{
    int latch = uart.lcr & 0x80;

    assert_int_in_range(port, PORT, PORT + 7);
    let_time_pass();
    if (uart.chip == CHIP_ABSENT)
        return 0xff;
    switch (port - PORT) {
    case 0: return latch ? uart.dll : uart.receiver.count > 0 ? shift(&uart.receiver) : 0;
    case 1: return latch ? uart.dlm : uart.ier;
    case 2: return interrupt_identification();
    case 3: return uart.forgetful ? 0 : uart.lcr;
    case 4: return uart.forgetful ? 0 : uart.mcr;
    case 5: return line_status();
    case 6: return modem_status();
    default: return 0;
    }
}

static inline void transmit(uint8_t byte)
{
    if (uart.transmitter.count >= depth())
        uart.lost++;
    else
        push(&uart.transmitter, byte);
}

/* Data sheet, 8.6.3: bits 1 and 2 clear the FIFOs, and so does changing bit 0. */
static inline void control_fifo(uint8_t value)
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

    assert_int_in_range(port, PORT, PORT + 7);
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

void outsb(uint16_t port, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        outb(port, (uint8_t)bytes[i]);
}

void outw(uint16_t port, uint16_t value)
{
    fail_msg("outw(%#x, %#x): a UART's registers are bytes", port, value);
}

/* ---- helpers ------------------------------------------------------------ */

/* As a BIOS may leave it: 2400 baud, 7E1, interrupts on.  One access takes a microsecond. */
static inline int plug_in_16550a(void **state)
{
    (void)state;
    memset(&uart, 0, sizeof(uart));
    uart.lcr = 0x1a;
    uart.dll = 48;
    uart.ier = 0x0f;
    uart.accesses_per_byte = 87; /* 10 bits at 115200 baud */
    return 0;
}

static inline struct uart start(void)
{
    struct uart port;

    uart_start(&port, PORT);
    uart.accesses = uart.status_reads = 0;
    return port;
}

static inline void wait_until_sent(void)
{
    while (uart.transmitter.count > 0)
        let_time_pass();
}

static inline void assert_line(const char *bytes, unsigned count)
{
    wait_until_sent();
    assert_int_equal(uart.line.count, count);
    assert_memory_equal(uart.line.bytes, bytes, count);
    assert_int_equal(uart.lost, 0);
}

static inline void assert_left_alone(struct uart *port)
{
    uart.accesses = 0;
    uart_write(port, "text", 4);
    assert_int_equal(uart_read(port), -1);
    assert_int_equal(uart.accesses, 0);
}

static const char long_text[] = "Every byte of this arrives, in order, and none is lost on its way "
                                "to the other end of the line.\r\n";
#define LONG_LENGTH ((unsigned)sizeof(long_text) - 1)

#endif
