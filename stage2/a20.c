/*
 * a20.c - enables the A20 gate; while it is off, each odd megabyte is the even one below.
 *
 * Tries the method that can do the least harm first, and the one that can do the most
 * last: the BIOS, the keyboard controller (its output port drives the gate on
 * the PC/AT), the PS/2's port 92h.  Firmware may wrongly report success, so
 * every method is followed by a test of memory itself, which waits a while:
 * some gates take milliseconds.  IBM PS/2 Technical Reference; Intel 8042 data
 * sheet.
 */
#include "stage2/a20.h"

#include "lib/port.h"
#include "stage2/bios.h"

#define KBC_DATA 0x60
#define KBC_STATUS 0x64  /* read */
#define KBC_COMMAND 0x64 /* write */
#define KBC_STATUS_OUTPUT_FULL 0x01
#define KBC_STATUS_INPUT_FULL 0x02
#define KBC_ABSENT 0xff
#define KBC_READ_OUTPUT_PORT 0xd0
#define KBC_WRITE_OUTPUT_PORT 0xd1
#define KBC_NULL 0xff
#define KBC_OUTPUT_A20 0x02

#define SYSTEM_CONTROL_A 0x92
#define SYSTEM_CONTROL_A_RESET 0x01 /* setting it resets the CPU */
#define SYSTEM_CONTROL_A_A20 0x02

#define DELAY_PORT 0x80  /* an ISA access to the POST port takes about 1 us */
#define KBC_BUFFER 16    /* more than any controller queues */
#define KBC_POLLS 20000  /* about 20 ms */
#define TEST_ROUNDS 1000 /* of about 10 us each: gives a slow gate 10 ms */

bool a20_is_on(volatile uint32_t *low, volatile uint32_t *high)
{
    uint32_t saved = *low;
    bool on;

    *low = ~*high; /* if both words are the same memory, they are equal again at once */
    on = *high != *low;
    *low = saved;
    return on;
}

static bool becomes_on(volatile uint32_t *low, volatile uint32_t *high)
{
    for (unsigned i = 0; i < TEST_ROUNDS; i++) {
        if (a20_is_on(low, high))
            return true;
        for (unsigned delay = 0; delay < 10; delay++)
            outb(DELAY_PORT, 0);
    }
    return false;
}

static void enable_by_bios(void)
{
    struct bios_registers r = {.eax = 0x2401};

    bios_call(0x15, &r);
}

/* Waits until the status bits in `mask` are `wanted`; false if that never happens. */
static bool kbc_wait(uint8_t mask, uint8_t wanted)
{
    for (unsigned i = 0; i < KBC_POLLS; i++) {
        if ((inb(KBC_STATUS) & mask) == wanted)
            return true;
        outb(DELAY_PORT, 0);
    }
    return false;
}

static bool kbc_send(uint16_t port, uint8_t value)
{
    if (!kbc_wait(KBC_STATUS_INPUT_FULL, 0))
        return false;
    outb(port, value);
    return true;
}

static void enable_by_keyboard_controller(void)
{
    uint8_t output;

    if (inb(KBC_STATUS) == KBC_ABSENT)
        return;
    for (unsigned i = 0; i < KBC_BUFFER && inb(KBC_STATUS) & KBC_STATUS_OUTPUT_FULL; i++)
        inb(KBC_DATA); /* a key pressed by now would be taken for the answer */
    if (!kbc_send(KBC_COMMAND, KBC_READ_OUTPUT_PORT) ||
        !kbc_wait(KBC_STATUS_OUTPUT_FULL, KBC_STATUS_OUTPUT_FULL))
        return;
    output = inb(KBC_DATA);
    if (kbc_send(KBC_COMMAND, KBC_WRITE_OUTPUT_PORT) && kbc_send(KBC_DATA, output | KBC_OUTPUT_A20))
        kbc_send(KBC_COMMAND, KBC_NULL); /* USB keyboard emulations wait for it */
    kbc_wait(KBC_STATUS_INPUT_FULL, 0);
}

static void enable_by_port_92(void)
{
    uint8_t value = inb(SYSTEM_CONTROL_A);

    if (!(value & SYSTEM_CONTROL_A_A20))
        outb(SYSTEM_CONTROL_A, (value | SYSTEM_CONTROL_A_A20) & (uint8_t)~SYSTEM_CONTROL_A_RESET);
}

enum a20_method a20_enable(volatile uint32_t *low, volatile uint32_t *high)
{
    static void (*const methods[])(void) = {
        [A20_BIOS] = enable_by_bios,
        [A20_KEYBOARD_CONTROLLER] = enable_by_keyboard_controller,
        [A20_PORT_92] = enable_by_port_92,
    };

    if (a20_is_on(low, high))
        return A20_ALREADY_ON;
    for (enum a20_method m = A20_BIOS; m < A20_FAILED; m++) {
        methods[m]();
        if (becomes_on(low, high))
            return m;
    }
    return A20_FAILED;
}
