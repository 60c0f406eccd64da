/*
 * keyboard_device.c - the keyboard's bytes: queued as they arrive, decoded on request.
 *
 * input.c calls it.  Commands to the keyboard (keyboard_commands.c) and the
 * controller's tests (i8042.c) progress meanwhile, so a problem may only be
 * known at the prompt.
 */
#include "kernel/input/keyboard_device.h"

#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/input/i8042.h"
#include "kernel/input/internal/byte_queue.h"
#include "kernel/input/internal/keyboard_commands.h"
#include "kernel/interrupts/irq.h"
#include "kernel/memory/physical.h"
#include "kernel/time/timer.h"
#include "lib/pc.h"

/* The BIOS's own keyboard state, for the locks that it left on. */
#define BDA_LOCKS_SHIFT 4 /* bits 4-6: Scroll, Num, Caps */
#define BDA_LOCKS (LOCK_SCROLL | LOCK_NUM | LOCK_CAPS)

#define ANSWER_US 100000 /* a keyboard has 20 ms to acknowledge a command */

#define QUEUE_BYTES 256 /* about 80 keys, pressed and released */

static uint8_t queue_bytes[QUEUE_BYTES];
static struct byte_queue queue = BYTE_QUEUE(queue_bytes);
static uint32_t lost_reported;
static struct keyboard keyboard;
static struct keyboard_commands commands;
static uint64_t first_command_us;
static bool problem_reported;

static bool is_silent(void)
{
    return commands.now != KEYBOARD_TOLD_NOTHING && !commands.answered &&
           timer_uptime_us() - first_command_us > ANSWER_US;
}

/* What the user should know; NULL if no problem is known. */
static const char *problem(void)
{
    switch (i8042_state()) {
    case I8042_ABSENT: return "no PS/2 controller, port 64h reads FFh";
    case I8042_MUTE: return "the PS/2 controller does not answer";
    case I8042_SELF_TEST_FAILED: return "the PS/2 controller's self-test failed; it is used anyway";
    case I8042_PORT_FAILED:
        return "the PS/2 controller's keyboard port failed its test; it is used anyway";
    default: return is_silent() ? "none responds at the PS/2 port" : NULL;
    }
}

void keyboard_device_report(void)
{
    const char *text = problem_reported ? NULL : problem();

    if (text == NULL)
        return;
    log_warning("Keyboard: %s.", text);
    problem_reported = true;
}

void keyboard_device_start(void)
{
    const volatile uint8_t *flags = physical_pointer(BDA_ADDRESS + BDA_KEYBOARD_FLAGS);

    keyboard.layout = &keyboard_layouts[0];
    keyboard.locks = *flags >> BDA_LOCKS_SHIFT & BDA_LOCKS;
    if (i8042_start() == I8042_ABSENT)
        return;
    keyboard_device_receive(); /* reads keys that were pressed before anything was listening */
    i8042_begin_tests(timer_uptime_us());
    irq_register(IRQ_KEYBOARD, "keyboard", keyboard_device_receive);
}

void keyboard_device_receive(void)
{
    for (int byte = i8042_read(); byte >= 0; byte = i8042_read())
        byte_queue_push(&queue, (uint8_t)byte);
    if (i8042_state() == I8042_TESTING)
        i8042_end_late_tests(timer_uptime_us());
}

bool keyboard_device_waiting(void)
{
    return !byte_queue_is_empty(&queue);
}

/*
 * A lost byte may have been the release of a key, and no key may stay stuck.
 * It was lost after all that is in the queue, so all keys are released after
 * that.
 */
static void report_lost(void)
{
    key_code none[KEYBOARD_KEYS_MAX];
    uint32_t lost = byte_queue_lost(&queue);

    if (lost == lost_reported)
        return;
    log_warning("Keyboard: the queue was full; bytes lost: %u.", lost - lost_reported);
    lost_reported = lost;
    keyboard_decode(&keyboard, KEYBOARD_OVERRUN, none);
}

/* A controller that does not take the byte has no lights either. */
static void send_commands(void)
{
    if (!i8042_present() || i8042_state() == I8042_TESTING)
        return;
    if (commands.now == KEYBOARD_TOLD_NOTHING)
        first_command_us = timer_uptime_us();

    int byte = keyboard_commands_next(&commands, keyboard.locks);

    if (byte >= 0 && !i8042_send((uint8_t)byte))
        log_warning("Keyboard: the controller does not accept a command for the keyboard.");
}

size_t keyboard_device_read(key_code keys[KEYBOARD_KEYS_MAX])
{
    for (;;) {
        send_commands();

        int byte = byte_queue_pop(&queue);

        if (byte < 0) {
            report_lost();
            keyboard_device_report();
            return 0;
        }
        if (keyboard_commands_answer(&commands, (uint8_t)byte))
            continue;

        size_t count = keyboard_decode(&keyboard, (uint8_t)byte, keys);

        if (count > 0)
            return count;
    }
}

uint8_t keyboard_device_locks(void)
{
    return keyboard.locks;
}

const struct keyboard_layout *keyboard_device_layout(void)
{
    return keyboard.layout;
}

void keyboard_device_set_layout(const struct keyboard_layout *layout)
{
    keyboard.layout = layout;
    keyboard.dead = 0;
}
