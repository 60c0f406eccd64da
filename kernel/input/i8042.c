/*
 * i8042.c - talks to the PS/2 controller.
 *
 * Owns ports 60h and 64h.  keyboard_device.c uses it for keys, reset.c for the
 * CPU's reset line.  Follows the 8042 chapter of IBM's PS/2 Hardware Interface
 * Technical Reference ("Keyboard and Auxiliary Device Controller").
 */
#include "kernel/input/i8042.h"

#include "kernel/time/delay.h"
#include "lib/port.h"

#define I8042_DATA 0x60
#define I8042_STATUS 0x64  /* read */
#define I8042_COMMAND 0x64 /* write */

#define STATUS_OUTPUT_FULL 0x01 /* a byte is waiting for us at port 60h */
#define STATUS_INPUT_FULL 0x02  /* the controller has not taken our last byte yet */
#define STATUS_AUXILIARY 0x20   /* that byte is from the mouse */
#define STATUS_ABSENT 0xff

#define COMMAND_WRITE_CONFIG 0x60
#define COMMAND_DISABLE_MOUSE 0xa7
#define COMMAND_SELF_TEST 0xaa
#define COMMAND_TEST_KEYBOARD_PORT 0xab
#define COMMAND_DISABLE_KEYBOARD 0xad
#define COMMAND_ENABLE_KEYBOARD 0xae
#define COMMAND_PULSE_RESET 0xfe /* pulls output port bit 0 low: the CPU's reset line */

#define CONFIG_KEYBOARD_IRQ 0x01
#define CONFIG_SYSTEM 0x04 /* "power-on self-test passed"; the BIOS uses it */
#define CONFIG_MOUSE_OFF 0x20
#define CONFIG_TRANSLATION 0x40 /* from scancode set 2, which the keyboard sends, to set 1 */

#define SELF_TEST_PASSED 0x55
#define SELF_TEST_FAILED 0xfc
#define PORT_TEST_PASSED 0x00

#define POLL_US 10
#define TAKE_POLLS 10000 /* 0.1 s for the controller to take a byte */
#define TESTS_US 1000000 /* for both tests; the self-test of old boards takes half a second */

#define BUFFERED_MAX 64 /* more bytes than any controller buffers */

static bool present;
static enum i8042_result result = I8042_ABSENT;
static uint8_t asked; /* the test whose answer is awaited */
static uint64_t begun_us;

static bool take_byte(uint16_t port, uint8_t byte)
{
    for (unsigned i = 0; i < TAKE_POLLS; i++) {
        if (!(inb(I8042_STATUS) & STATUS_INPUT_FULL)) {
            outb(port, byte);
            return true;
        }
        delay_us(POLL_US);
    }
    return false;
}

static bool command(uint8_t code)
{
    return take_byte(I8042_COMMAND, code);
}

/* ---- finding and testing it ------------------------------------------------ */

enum i8042_result i8042_start(void)
{
    present = inb(I8042_STATUS) != STATUS_ABSENT;
    if (!present)
        result = I8042_ABSENT;
    else if (!command(COMMAND_DISABLE_KEYBOARD) || !command(COMMAND_DISABLE_MOUSE))
        result = I8042_MUTE;
    else
        result = I8042_READY;
    return result;
}

static void ask(uint8_t test)
{
    asked = test;
    result = command(test) ? I8042_TESTING : I8042_MUTE;
}

void i8042_begin_tests(uint64_t us)
{
    begun_us = us;
    if (result == I8042_READY)
        ask(COMMAND_SELF_TEST);
}

/* The self-test may have reset the configuration, so all of it is written. */
static void set_up(enum i8042_result tests)
{
    bool taken = command(COMMAND_WRITE_CONFIG) &&
                 take_byte(I8042_DATA, CONFIG_KEYBOARD_IRQ | CONFIG_SYSTEM | CONFIG_MOUSE_OFF |
                                           CONFIG_TRANSLATION) &&
                 command(COMMAND_ENABLE_KEYBOARD);

    result = taken ? tests : I8042_MUTE;
}

/*
 * True if the byte was an answer that a test waits for, and not a key's: QEMU
 * delivers keys although the keyboard is disabled, and firmware that emulates
 * the controller may.
 */
static bool take_answer(uint8_t byte)
{
    if (result != I8042_TESTING)
        return false;
    if (asked == COMMAND_SELF_TEST && byte == SELF_TEST_PASSED)
        ask(COMMAND_TEST_KEYBOARD_PORT);
    else if (asked == COMMAND_SELF_TEST && byte == SELF_TEST_FAILED)
        set_up(I8042_SELF_TEST_FAILED);
    else if (asked == COMMAND_TEST_KEYBOARD_PORT && byte == PORT_TEST_PASSED)
        set_up(I8042_READY);
    else
        return false;
    return true;
}

void i8042_end_late_tests(uint64_t us)
{
    if (result == I8042_TESTING && us - begun_us > TESTS_US)
        set_up(asked == COMMAND_SELF_TEST ? I8042_MUTE : I8042_PORT_FAILED);
}

enum i8042_result i8042_state(void)
{
    return __atomic_load_n(&result, __ATOMIC_RELAXED);
}

/* ---- using it ---------------------------------------------------------------- */

bool i8042_present(void)
{
    return present;
}

int i8042_read(void)
{
    for (unsigned i = 0; present && i < BUFFERED_MAX; i++) {
        uint8_t status = inb(I8042_STATUS);

        if (status == STATUS_ABSENT || !(status & STATUS_OUTPUT_FULL))
            return -1;

        uint8_t byte = inb(I8042_DATA);

        if (!(status & STATUS_AUXILIARY) && !take_answer(byte))
            return byte;
    }
    return -1;
}

bool i8042_send(uint8_t byte)
{
    return present && take_byte(I8042_DATA, byte);
}

void i8042_reset_cpu(void)
{
    if (inb(I8042_STATUS) != STATUS_ABSENT && command(COMMAND_PULSE_RESET))
        delay_us(20000);
}
