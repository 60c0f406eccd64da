/*
 * serial_input.c - the serial terminal's bytes: queued as they arrive, decoded on request.
 *
 * input.c calls it.  The UART itself is the console's.
 */
#include "kernel/input/internal/serial_input.h"

#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/input/internal/byte_queue.h"
#include "kernel/interrupts/irq.h"
#include "kernel/time/timer.h"

#define QUEUE_BYTES 4096 /* a page of commands, pasted while one of them runs */

/*
 * A sequence's bytes follow each other in 87 us at 115200 baud, and in some
 * milliseconds over a network; two keys of a person are farther apart.
 */
#define ESCAPE_TIMEOUT_US 50000

static uint8_t queue_bytes[QUEUE_BYTES];
static struct byte_queue queue = BYTE_QUEUE(queue_bytes);
static uint32_t lost_reported;
static uint32_t overruns_reported;
static struct terminal terminal;
static uint64_t last_byte_us;

void serial_input_start(void)
{
    if (!console_interrupt_on_input())
        return;
    irq_register(IRQ_COM1, "COM1", serial_input_receive);
}

void serial_input_receive(void)
{
    for (int byte = console_read_serial(); byte >= 0; byte = console_read_serial())
        byte_queue_push(&queue, (uint8_t)byte);
}

bool serial_input_waiting(void)
{
    return !byte_queue_is_empty(&queue);
}

static void report_lost(void)
{
    uint32_t lost = byte_queue_lost(&queue);

    if (lost != lost_reported)
        log_warning("Serial: the queue was full; bytes lost: %u.", lost - lost_reported);
    lost_reported = lost;

    uint32_t overruns = console_input_overruns();

    if (overruns != overruns_reported)
        log_warning("Serial: bytes arrived faster than they were read; some were lost.");
    overruns_reported = overruns;
}

size_t serial_input_read(key_code keys[TERMINAL_KEYS_MAX])
{
    report_lost();
    for (;;) {
        int byte = byte_queue_pop(&queue);

        if (byte < 0)
            break;

        size_t count = terminal_decode(&terminal, (uint8_t)byte, keys);

        last_byte_us = timer_uptime_us();
        if (count > 0)
            return count;
    }
    if (terminal_is_waiting(&terminal) && timer_uptime_us() - last_byte_us > ESCAPE_TIMEOUT_US)
        return terminal_timeout(&terminal, keys);
    return 0;
}
