/*
 * input.c - one stream of keys from two sources.
 *
 * Interrupts queue the bytes.  Every check of the queues also polls the
 * devices, so a lost interrupt, or a machine without any, delays a key by one
 * tick at most.
 */
#include "kernel/input/input.h"

#include <stddef.h>

#include "kernel/input/internal/serial_input.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"

#define KEYS_MAX 2

_Static_assert(KEYS_MAX >= KEYBOARD_KEYS_MAX && KEYS_MAX >= TERMINAL_KEYS_MAX, "room for either");

static key_code keys[KEYS_MAX]; /* decoded from one byte, not yet returned */
static size_t key_count;
static size_t next_key;

void input_start(void)
{
    keyboard_device_start();
    serial_input_start();
}

void input_report(void)
{
    keyboard_device_report();
}

/* Does what the interrupt handlers do, with interrupts disabled meanwhile. */
static void poll_devices(void)
{
    bool enabled = cpu_interrupts_save();

    keyboard_device_receive();
    serial_input_receive();
    cpu_interrupts_restore(enabled);
}

bool input_poll(key_code *key)
{
    if (next_key == key_count) {
        poll_devices();
        next_key = 0;
        key_count = keyboard_device_read(keys);
        if (key_count == 0)
            key_count = serial_input_read(keys);
    }
    if (next_key == key_count)
        return false;
    *key = keys[next_key++];
    return true;
}

/* Interrupts are off from the check of the queues to the HLT, so none can be missed. */
static void wait_for_bytes(void)
{
    cpu_disable_interrupts();
    if (keyboard_device_waiting() || serial_input_waiting())
        cpu_enable_interrupts();
    else
        cpu_wait_for_interrupt();
}

bool input_wait_once(key_code *key)
{
    if (input_poll(key))
        return true;
    if (timer_ticks())
        wait_for_bytes();
    else
        cpu_relax();
    return false;
}

key_code input_wait(void)
{
    key_code key;

    while (!input_wait_once(&key))
        ;
    return key;
}
