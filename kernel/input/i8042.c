/*
 * i8042.c - talks to the PS/2 controller.
 *
 * Owns ports 60h and 64h.  keyboard_device.c uses it for keys, reset.c for its
 * line to the CPU.  Follows the 8042 chapter of IBM's PS/2 Hardware Interface
 * Technical Reference ("Keyboard and Auxiliary Device Controller").
 */
#include "kernel/input/i8042.h"

#include "kernel/time/delay.h"
#include "lib/port.h"

#define I8042_DATA 0x60
#define I8042_STATUS 0x64  /* read */
#define I8042_COMMAND 0x64 /* write */

#define STATUS_OUTPUT_FULL 0x01 /* a byte for us is at port 60h */
#define STATUS_INPUT_FULL 0x02  /* our last byte has not been taken yet */
#define STATUS_AUXILIARY 0x20   /* the byte for us is the mouse's */
#define STATUS_ABSENT 0xff

#define COMMAND_READ_CONFIG 0x20
#define COMMAND_WRITE_CONFIG 0x60
#define COMMAND_DISABLE_MOUSE 0xa7
#define COMMAND_SELF_TEST 0xaa
#define COMMAND_TEST_KEYBOARD_PORT 0xab
#define COMMAND_DISABLE_KEYBOARD 0xad
#define COMMAND_ENABLE_KEYBOARD 0xae
#define COMMAND_PULSE_RESET 0xfe /* pulls output port bit 0 low: the CPU's reset line */

#define CONFIG_KEYBOARD_IRQ 0x01
#define CONFIG_SYSTEM 0x04       /* "power-on self-test passed": the BIOS's flag */
#define CONFIG_MOUSE_OFF 0x20
#define CONFIG_TRANSLATION 0x40  /* scancode set 2, as the keyboard sends it, to set 1 */

#define SELF_TEST_PASSED 0x55
#define PORT_TEST_PASSED 0x00

#define KEYBOARD_ACK 0xfa

/* The self-test takes up to half a second on old boards, everything else milliseconds. */
#define POLL_US 10
#define ANSWER_POLLS 50000  /* 0.5 s */
#define TAKE_POLLS 10000    /* 0.1 s: for the controller to take a byte */
#define KEYBOARD_POLLS 2500 /* 25 ms; a keyboard has 20 ms to acknowledge */

#define BUFFERED_MAX 64 /* more bytes than any controller keeps */

static bool present;

static bool take_byte(uint16_t port, uint8_t byte)
{
    for (unsigned i = 0; i < TAKE_POLLS; i++) {
        if (!(inb(I8042_STATUS) & STATUS_INPUT_FULL)) {
            outb(port, byte);
            return true;
        }
        udelay(POLL_US);
    }
    return false;
}

static bool command(uint8_t code)
{
    return take_byte(I8042_COMMAND, code);
}

/* The next byte, whoever sent it, or -1 if none comes in time. */
static int wait_for_byte(unsigned polls)
{
    for (unsigned i = 0; i < polls; i++) {
        if (inb(I8042_STATUS) & STATUS_OUTPUT_FULL)
            return inb(I8042_DATA);
        udelay(POLL_US);
    }
    return -1;
}

/* What a command answers, or -1. */
static int ask(uint8_t code)
{
    return command(code) ? wait_for_byte(ANSWER_POLLS) : -1;
}

/* Keys that were pressed before anybody listened, or the answer to an old command. */
static void drop_buffered(void)
{
    for (unsigned i = 0; i < BUFFERED_MAX && inb(I8042_STATUS) & STATUS_OUTPUT_FULL; i++)
        inb(I8042_DATA);
}

/* The tests come while both ports are off, so that no key can mix with the answers. */
static enum i8042_result run_tests(void)
{
    if (ask(COMMAND_SELF_TEST) != SELF_TEST_PASSED)
        return I8042_SELF_TEST_FAILED;
    if (ask(COMMAND_TEST_KEYBOARD_PORT) != PORT_TEST_PASSED)
        return I8042_PORT_FAILED;
    return I8042_READY;
}

/* The self-test may have reset the configuration: it is written as a whole. */
static bool set_up(void)
{
    return command(COMMAND_WRITE_CONFIG) &&
           take_byte(I8042_DATA, CONFIG_KEYBOARD_IRQ | CONFIG_SYSTEM | CONFIG_MOUSE_OFF |
                                     CONFIG_TRANSLATION) &&
           command(COMMAND_ENABLE_KEYBOARD);
}

enum i8042_result i8042_start(void)
{
    present = inb(I8042_STATUS) != STATUS_ABSENT;
    if (!present)
        return I8042_ABSENT;
    if (!command(COMMAND_DISABLE_KEYBOARD) || !command(COMMAND_DISABLE_MOUSE))
        return I8042_MUTE;
    drop_buffered();

    bool answers = ask(COMMAND_READ_CONFIG) >= 0;
    enum i8042_result result = answers ? run_tests() : I8042_MUTE;

    if (!set_up())
        return I8042_MUTE;
    return result;
}

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

        if (!(status & STATUS_AUXILIARY))
            return byte;
    }
    return -1;
}

bool i8042_send(uint8_t byte)
{
    return present && take_byte(I8042_DATA, byte);
}

bool i8042_command_keyboard(uint8_t code)
{
    if (!i8042_send(code))
        return false;
    for (unsigned i = 0; i < BUFFERED_MAX; i++) { /* a key may have been faster */
        int answer = wait_for_byte(KEYBOARD_POLLS);

        if (answer == KEYBOARD_ACK || answer < 0)
            return answer == KEYBOARD_ACK;
    }
    return false;
}

void i8042_reset_cpu(void)
{
    if (inb(I8042_STATUS) != STATUS_ABSENT && command(COMMAND_PULSE_RESET))
        udelay(20000);
}
