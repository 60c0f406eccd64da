/*
 * test_input.c - bytes from the devices to keys, by interrupts and without.
 *
 * The controller's command D2h delivers a byte as if the keyboard had sent it,
 * with its interrupt: keys that nobody presses (8042, "write keyboard output
 * buffer").
 */
#include "kernel/input/i8042.h"
#include "kernel/input/input.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/interrupts/irq.h"
#include "kernel/test/test.h"
#include "kernel/time/delay.h"
#include "kernel/time/timer.h"
#include "layout.h"
#include "lib/cpu.h"
#include "lib/port.h"

#define I8042_DATA 0x60
#define I8042_COMMAND 0x64
#define I8042_INPUT_FULL 0x02
#define WRITE_KEYBOARD_OUTPUT 0xd2

#define UART_MCR 4
#define MCR_LOOP 0x10
#define UART_LSR 5
#define SERIAL_QUEUE_BYTES 4096

#define LEFT_SHIFT 0x2a
#define A 0x1e
#define A_UP 0x9e
#define ENTER_UP 0x9c
#define KEYBOARD_QUEUE_BYTES 256
#define TOO_MANY 44

static void wait_until_taken(void)
{
    for (unsigned i = 0; i < 1000 && inb(I8042_COMMAND) & I8042_INPUT_FULL; i++)
        delay_us(10);
}

static void buffer_key_byte(uint8_t byte)
{
    wait_until_taken();
    outb(I8042_COMMAND, WRITE_KEYBOARD_OUTPUT);
    wait_until_taken();
    outb(I8042_DATA, byte);
}

/* Returns when the interrupt handler has seen the byte. */
static bool key_byte(uint8_t byte)
{
    uint64_t count = irq_line(IRQ_KEYBOARD)->count;

    buffer_key_byte(byte);
    for (unsigned i = 0; i < 1000 && irq_line(IRQ_KEYBOARD)->count == count; i++)
        delay_us(100);
    return EXPECT(irq_line(IRQ_KEYBOARD)->count > count);
}

/* The host also runs it on a machine without a controller. */
KERNEL_TEST(input_poll_returns_without_a_key)
{
    key_code key;
    unsigned keys = 0;

    for (unsigned i = 0; i < 10000; i++)
        keys += input_poll(&key);
    EXPECT_EQ(keys, 0);
}

KERNEL_TEST(keyboard_bytes_arrive_by_interrupt)
{
    key_code key = 0;

    if (!key_byte(A) || !key_byte(A_UP))
        return;
    EXPECT(input_poll(&key));
    EXPECT_EQ(key, 'a');
    EXPECT(!input_poll(&key));
}

/* A machine whose interrupts never come: the devices are polled. */
KERNEL_TEST(keyboard_bytes_arrive_without_interrupts)
{
    key_code key = 0;

    cpu_disable_interrupts();
    buffer_key_byte(A);
    delay_us(1000);
    EXPECT(input_poll(&key));
    EXPECT_EQ(key, 'a');
    cpu_enable_interrupts();
    key_byte(A_UP);
}

/* As at the start: nothing waits for the self-test, and keys pressed before are not lost. */
KERNEL_TEST(keyboard_controller_is_tested_without_losing_a_key)
{
    key_code key = 0;

    cpu_disable_interrupts();
    buffer_key_byte(A);
    EXPECT_EQ(i8042_start(), I8042_READY);
    keyboard_device_receive();
    i8042_begin_tests(timer_uptime_us());
    EXPECT_EQ(i8042_state(), I8042_TESTING);
    cpu_enable_interrupts();
    EXPECT(input_poll(&key));
    EXPECT_EQ(key, 'a');
    for (unsigned i = 0; i < 1000 && i8042_state() == I8042_TESTING; i++) {
        delay_us(1000);
        EXPECT(!input_poll(&key));
    }
    EXPECT_EQ(i8042_state(), I8042_READY);
    key_byte(A_UP);
}

/* The console reports it (tests/boot/test_keyboard.py checks that), and no Shift stays pressed. */
KERNEL_TEST(keyboard_queue_overflows_with_a_message)
{
    key_code key;
    unsigned keys = 0;

    for (unsigned i = 0; i < KEYBOARD_QUEUE_BYTES + TOO_MANY; i++)
        if (!key_byte(i == 0 ? LEFT_SHIFT : ENTER_UP))
            return;
    while (input_poll(&key))
        keys++;
    EXPECT_EQ(keys, 0);
    key_byte(A);
    EXPECT(input_poll(&key));
    EXPECT_EQ(key, 'a');
    key_byte(A_UP);
}

static void wait_for_line_status(uint8_t status)
{
    for (unsigned polls = 0; polls < 100000; polls++)
        if (inb(COM1_PORT + UART_LSR) & status)
            return;
}

/*
 * Sends to itself: in loop-back mode COM1 receives what it sends.  The
 * console's last bytes must have been sent before, or they would arrive first.
 */
static void loop_back(unsigned bytes)
{
    uint8_t mcr = inb(COM1_PORT + UART_MCR);

    wait_for_line_status(UART_LSR_TEMT);
    outb(COM1_PORT + UART_MCR, mcr | MCR_LOOP);
    for (unsigned i = 0; i < bytes; i++) {
        wait_for_line_status(UART_LSR_THRE);
        outb(COM1_PORT, 'x');
    }
    delay_us(2000);
    outb(COM1_PORT + UART_MCR, mcr);
}

KERNEL_TEST(serial_bytes_arrive_by_interrupt)
{
    uint64_t count = irq_line(IRQ_COM1)->count;
    key_code key = 0;

    loop_back(1);
    EXPECT(irq_line(IRQ_COM1)->count > count);
    EXPECT(input_poll(&key));
    EXPECT_EQ(key, 'x');
    EXPECT(!input_poll(&key));
}

KERNEL_TEST(serial_queue_overflows_with_a_message)
{
    key_code key;
    unsigned keys = 0;

    loop_back(SERIAL_QUEUE_BYTES + TOO_MANY);
    while (input_poll(&key))
        keys += key == 'x';
    EXPECT_EQ(keys, SERIAL_QUEUE_BYTES);
}
