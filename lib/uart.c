/*
 * uart.c - the serial port, polled.
 *
 * The consoles of stage 2 and the kernel send through it, the shell reads.
 * Owns the eight ports of the UART it is given.
 * Follows National's PC16550D data sheet, section 8 (registers), and knows
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

#define IIR_FIFO 0xc0 /* both bits: a 16550A.  The first 16550 has one, and a broken FIFO */
#define IER_ERBFI 0x01 /* interrupt while received bytes are available */
#define FCR_ENABLE 0x01 /* trigger level 1: Bochs keeps LSR.DR at 0 below the level */
#define MCR_DTR 0x01
#define MCR_RTS 0x02
#define MCR_OUT1 0x04
#define MCR_OUT2 0x08 /* on a PC this lets the interrupt line through */
#define MCR_LOOP 0x10
#define LSR_DR 0x01   /* a byte has been received */
#define LSR_OE 0x02   /* one came before the last one was read: lost; reading LSR clears it */
#define MSR_CTS 0x10
#define MSR_RI 0x40
#define MSR_DCD 0x80
#define MSR_LINES 0xf0

/* RTS, OUT1 and OUT2 come back as CTS, RI and DCD; DTR and so DSR stay 0. */
#define LOOP_LINES_OUT (MCR_LOOP | MCR_RTS | MCR_OUT1 | MCR_OUT2)
#define LOOP_LINES_IN (MSR_CTS | MSR_RI | MSR_DCD)
#define LOOP_BYTE 0xae /* any but FFh and 00h */

#define FIFO_BYTES 16

/*
 * The longest honest wait is a full FIFO and the shift register: 17 x 10 bits
 * at 115200 baud = 1.5 ms.  One poll is one IN: about 1 us on ISA and LPC,
 * some 25 ns in a fast emulator with its own idea of time.  So 100,000 polls
 * are 2.5 ms at the very least and 0.1 s at most.
 */
#define MAX_POLLS 100000

/*
 * While sending, a virtual UART may stop until its reader on the host takes
 * what there is.  A second on real hardware, 0.1 s or so in an emulator, is
 * worth not losing a line.
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

/* Whoever looks at the status sees an overrun, and nobody after him. */
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

/* The FIFO is switched on but not cleared: what the user typed ahead stays. */
static void set_line(const struct uart *uart)
{
    set(uart, IER, 0);
    set(uart, LCR, UART_LCR_8N1 | UART_LCR_DLAB);
    set(uart, DLL, UART_DIVISOR & 0xff);
    set(uart, DLM, UART_DIVISOR >> 8);
    set(uart, LCR, UART_LCR_8N1);
    set(uart, FCR, FCR_ENABLE);
}

/* What was written to the line and modem control registers is still there. */
static bool holds_settings(const struct uart *uart)
{
    return get(uart, LCR) == UART_LCR_8N1 && get(uart, MCR) == LOOP_LINES_OUT;
}

/*
 * The modem lines first, which costs nothing.  Where they don't loop there may be
 * an emulator's UART without that mode (v86): a byte would leave on its line, so
 * registers that hold what was written to them must do.  Else a byte, unless
 * received ones are waiting: they come out before the echo and would be lost.
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
    if (!wait_for(uart, UART_LSR_TEMT, MAX_POLLS)) /* let out what an earlier stage sent */
        return false;
    set_line(uart);
    set(uart, MCR, LOOP_LINES_OUT);
    uart->fifo_bytes = (get(uart, IIR) & IIR_FIFO) == IIR_FIFO ? FIFO_BYTES : 1;
    uart->present = answers(uart);
    set(uart, MCR, MCR_DTR | MCR_RTS | MCR_OUT2);
    return uart->present;
}

/*
 * THRE says that the whole FIFO is empty, or without one that a byte fits: then `room` is
 * what can be sent before the next look.
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
