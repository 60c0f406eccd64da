/*
 * uart.c - the serial port, polled.
 *
 * The consoles of stage 2 and the kernel write to it, the shell reads from it.
 * Owns the eight ports of the UART that it is given.
 * Follows National's PC16550D data sheet, section 8 (registers), and handles
 * what an 8250 or 16450 lacks.  An absent UART reads FFh everywhere.
 */
#include "uart.h"

#include "layout.h"
#include "port.h"

/* Registers, as offsets from the base. */
enum {
    RBR = 0, /* receiver buffer: read */
    THR = 0, /* transmitter holding: write */
    DLL = 0, /* divisor latch, low: while LCR.DLAB = 1 */
    IER = 1, /* interrupt enable */
    DLM = 1, /* divisor latch, high: while LCR.DLAB = 1 */
    IIR = 2, /* interrupt identification: read */
    FCR = 2, /* FIFO control: write */
    LCR = 3, /* line control */
    MCR = 4, /* modem control */
    LSR = 5, /* line status */
    MSR = 6, /* modem status */
};

#define IIR_FIFO 0xc0   /* both bits: a 16550A.  Only one: the first 16550, whose FIFO is broken */
#define IER_ERBFI 0x01  /* interrupt while received bytes are available */
#define FCR_ENABLE 0x01 /* trigger level 1: below the level Bochs keeps LSR.DR at 0 */
#define MCR_DTR 0x01
#define MCR_RTS 0x02
#define MCR_OUT1 0x04
#define MCR_OUT2 0x08 /* a PC's interrupt line only works with it */
#define MCR_LOOP 0x10
#define LSR_DR 0x01 /* a byte has been received */
#define LSR_OE 0x02 /* a byte was overwritten before it was read; reading LSR clears this */
#define MSR_CTS 0x10
#define MSR_RI 0x40
#define MSR_DCD 0x80
#define MSR_LINES 0xf0

/* RTS, OUT1 and OUT2 loop back to CTS, RI and DCD; DTR and so DSR stay 0. */
#define LOOP_LINES_OUT (MCR_LOOP | MCR_RTS | MCR_OUT1 | MCR_OUT2)
#define LOOP_LINES_IN (MSR_CTS | MSR_RI | MSR_DCD)
#define LOOP_BYTE 0xae /* anything but FFh and 00h */

#define FIFO_BYTES 16

/*
 * The longest regular wait is a full FIFO and the shift register: 17 x 10 bits
 * at 115200 baud = 1.5 ms.  One poll is one IN: about 1 us on ISA and LPC,
 * about 25 ns in a fast emulator with its own idea of time.  So 100,000 polls
 * take at least 2.5 ms and at most 0.1 s.
 */
#define MAX_POLLS 100000

/*
 * While sending, a virtual UART may stop until its reader on the host has made
 * room.  To lose no line, this waits a second on real hardware, about 0.1 s in
 * an emulator.
 */
#define MAX_POLLS_SENDING 1000000

static uint8_t get(const struct uart *uart, unsigned reg)
{
    return inb((uint16_t)(uart->port + reg));
}

static void set(const struct uart *uart, unsigned reg, unsigned value)
{
    outb((uint16_t)(uart->port + reg), (uint8_t)value);
}

/* Reading LSR clears the overrun bit, so every read has to count it. */
static uint8_t line_status(struct uart *uart)
{
    uint8_t status = get(uart, LSR);

    if (uart->present && status & LSR_OE)
        uart->overruns++;
    return status;
}

static bool wait_for(struct uart *uart, uint8_t status, unsigned max_polls)
{
    for (unsigned polls = 0; polls < max_polls; polls++)
        if (line_status(uart) & status)
            return true;
    return false;
}

/* The FIFO is enabled but not cleared, to keep what the user typed ahead. */
static void set_line(const struct uart *uart)
{
    set(uart, IER, 0);
    set(uart, LCR, UART_LCR_8N1 | UART_LCR_DLAB);
    set(uart, DLL, UART_DIVISOR & 0xff);
    set(uart, DLM, UART_DIVISOR >> 8);
    set(uart, LCR, UART_LCR_8N1);
    set(uart, FCR, FCR_ENABLE);
}

/* True if the line and modem control registers still hold what was written to them. */
static bool holds_settings(const struct uart *uart)
{
    return get(uart, LCR) == UART_LCR_8N1 && get(uart, MCR) == LOOP_LINES_OUT;
}

/*
 * First the modem lines, which takes no time.  If they don't loop back, this
 * may be an emulator's UART without that mode (v86): a byte would appear on its
 * line, so registers that hold what was written to them have to be enough.
 * Otherwise a byte, unless received bytes are waiting: they would be read
 * before the echo and lost.
 */
static bool answers(struct uart *uart)
{
    if ((get(uart, MSR) & MSR_LINES) != LOOP_LINES_IN)
        return holds_settings(uart);
    if (get(uart, LSR) & LSR_DR)
        return true;
    set(uart, THR, LOOP_BYTE);
    return wait_for(uart, LSR_DR, MAX_POLLS) && get(uart, RBR) == LOOP_BYTE;
}

bool uart_start(struct uart *uart, uint16_t port)
{
    uart->port = port;
    uart->present = false;
    uart->stuck = false;
    uart->overruns = 0;
    if (!wait_for(uart, UART_LSR_TEMT, MAX_POLLS)) /* lets an earlier stage's output finish */
        return false;
    set_line(uart);
    set(uart, MCR, LOOP_LINES_OUT);
    uart->fifo_bytes = (get(uart, IIR) & IIR_FIFO) == IIR_FIFO ? FIFO_BYTES : 1;
    uart->present = answers(uart);
    set(uart, MCR, MCR_DTR | MCR_RTS | MCR_OUT2);
    return uart->present;
}

/*
 * THRE means that the whole FIFO is empty, or without a FIFO that a byte fits:
 * then `room` is what can be sent before the next check.
 */
static void send(struct uart *uart, const char *bytes, size_t length, size_t *room)
{
    while (length > 0) {
        if (*room == 0) {
            uart->stuck = !wait_for(uart, UART_LSR_THRE, uart->stuck ? 1 : MAX_POLLS_SENDING);
            if (uart->stuck)
                return;
            *room = uart->fifo_bytes;
        }

        size_t burst = length < *room ? length : *room;

        outsb((uint16_t)(uart->port + THR), bytes, burst);
        bytes += burst;
        length -= burst;
        *room -= burst;
    }
}

void uart_write(struct uart *uart, const char *bytes, size_t length)
{
    size_t room = 0;

    if (uart->present)
        send(uart, bytes, length, &room);
}

void uart_write_text(struct uart *uart, const char *text, size_t length)
{
    const char *end = text + length;
    size_t room = 0;

    while (uart->present && text < end) {
        const char *line = text;

        while (text < end && *text != '\n')
            text++;
        send(uart, line, (size_t)(text - line), &room);
        if (text < end) {
            send(uart, "\r\n", 2, &room);
            text++;
        }
    }
}

int uart_read(struct uart *uart)
{
    if (!uart->present || !(line_status(uart) & LSR_DR))
        return -1;
    return get(uart, RBR);
}

void uart_interrupt_on_receive(struct uart *uart)
{
    if (uart->present)
        set(uart, IER, IER_ERBFI);
}
