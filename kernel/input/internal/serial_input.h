/* serial_input.h - the terminal at COM1 as a source of keys. */
#ifndef FIRSTLIGHT_KERNEL_INPUT_INTERNAL_SERIAL_INPUT_H
#define FIRSTLIGHT_KERNEL_INPUT_INTERNAL_SERIAL_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/input/internal/terminal.h"

/* Without a UART this does nothing, and no key will arrive. */
void serial_input_start(void);

/* Queues the UART's bytes.  This is the interrupt handler; polling calls it also. */
void serial_input_receive(void);

/* True if bytes are queued. */
bool serial_input_waiting(void);

/* Decodes queued bytes up to the next key: stores one key or two, returns their number. */
size_t serial_input_read(key_code keys[TERMINAL_KEYS_MAX]);

#endif
