/*
 * uart.h - a 16550 UART (or 16450, 8250), polled, 115200 baud 8N1.
 *
 * Every wait is bounded: an absent UART costs some microseconds.  If the
 * transmitter stops (a virtual UART does when nothing reads its output), one
 * wait is spent on it; after that, output is lost until it moves again.
 * Follows the PC16550D data sheet.
 *
 *   port      read                              write
 *   base + 0  RBR: the byte received            THR: the byte to send
 *        + 1  IER: which events interrupt       IER; with DLAB = 1, 0 and 1 are the divisor
 *        + 2  IIR: why it interrupts            FCR: the FIFOs
 *        + 3  LCR: bits, parity, DLAB (bit 7)   LCR
 *        + 4  MCR: DTR, RTS, loop-back          MCR
 *        + 5  LSR: bit 0 a byte is here, bit 1 one was lost, bit 5 THR is empty, bit 6 all is sent
 *        + 6  MSR: the other side's lines
 *
 * The rate is 115,200 baud (1.8432 MHz / 16) divided by the divisor.
 */
#ifndef FIRSTLIGHT_LIB_UART_H
#define FIRSTLIGHT_LIB_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uart {
    uint16_t port;      /* base of its eight ports, for example COM1_PORT */
    bool present;       /* it passed the test */
    uint8_t fifo_bytes; /* how much its transmitter takes at once: 16, or 1 without a FIFO */
    bool stuck;         /* its transmitter stopped; checked again before the next byte */
    uint32_t overruns;  /* how many received bytes overwrote one that had not been read */
};

/*
 * Tests the UART at `port` in loop-back mode, if it has one (nothing reaches the line), and
 * sets it to 115200 8N1 with FIFOs.  Lets a transmission in progress finish
 * first.  Returns uart->present.
 */
bool uart_start(struct uart *uart, uint16_t port);

/* Sends bytes unchanged.  An absent or stuck UART drops them. */
void uart_write(struct uart *uart, const char *bytes, size_t length);

/* Sends text for a terminal: \n as \r\n, everything else unchanged. */
void uart_write_text(struct uart *uart, const char *text, size_t length);

/* The next byte received, or -1 if there is none. */
int uart_read(struct uart *uart);

/* From now on the UART raises its interrupt while it has bytes for uart_read(). */
void uart_interrupt_on_receive(struct uart *uart);

#endif
