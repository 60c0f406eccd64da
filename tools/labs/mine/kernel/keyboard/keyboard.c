/*
 * keyboard.c - the kernel's keyboard (kernel/input/keyboard_device.h) with a student's characters.
 *
 * ld's --wrap leads the kernel's calls here.  The controller stays as the BIOS has left it, and a PC without one
 * keeps Firstlight's own functions, which report that.
 */
#include <stddef.h>

#include "docs/labs/10-timer-and-keyboard/keyboard.h"
#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/interrupts/irq.h"
#include "lib/port.h"
#include "tools/labs/mine/kernel/kernel_link.h"
#include "tools/labs/mine/kernel/kernel_link_irq.h"

#define STATUS 0x64
#define ABSENT 0xff
#define NOTHING (-1)

#define WRAPPED(result, name, parameter) \
    result __wrap_keyboard_device_##name(parameter); \
    result __real_keyboard_device_##name(parameter)

WRAPPED(void, start, void);
WRAPPED(void, report, void);
WRAPPED(void, receive, void);
WRAPPED(bool, waiting, void);
WRAPPED(size_t, read, key_code *keys);
WRAPPED(void, set_layout, const struct keyboard_layout *layout);

static bool theirs;
static int fetched = NOTHING; /* not returned yet */
static bool reported;         /* a value that is not a character */
static unsigned lost_reported;

static void handle(void)
{
    uint32_t note = kernel_link_enter(LINK_KEYBOARD);

    keyboard_interrupt();
    kernel_link_leave(note);
}

void __wrap_keyboard_device_start(void)
{
    uint16_t open = kernel_link_open_lines();

    if (inb(STATUS) == ABSENT) {
        __real_keyboard_device_start();
        return;
    }
    theirs = true;
    __real_keyboard_device_set_layout(&keyboard_layouts[0]);

    uint32_t note = kernel_link_enter(LINK_KEYBOARD);

    keyboard_setup();
    kernel_link_leave(note);
    kernel_link_check_setup(LINK_KEYBOARD, "keyboard_setup", open | 1u << IRQ_KEYBOARD);
    kernel_link_take_line(IRQ_KEYBOARD, "keyboard", handle);
}

void __wrap_keyboard_device_report(void)
{
    if (!theirs)
        __real_keyboard_device_report();
}

/* Only an interrupt takes a scancode: the student's function has to end one. */
void __wrap_keyboard_device_receive(void)
{
    if (!theirs)
        __real_keyboard_device_receive();
}

static void fetch(void)
{
    if (fetched == NOTHING)
        fetched = keyboard_next();
    if (fetched >= NOTHING && fetched <= UINT8_MAX)
        return;
    if (!reported)
        printk("%s", kernel_link_sentence(
                         LINK_KEYBOARD,
                         "returned %d from keyboard_next(), which is neither a character nor -1",
                         fetched));
    reported = true;
    fetched = NOTHING;
}

bool __wrap_keyboard_device_waiting(void)
{
    if (!theirs)
        return __real_keyboard_device_waiting();
    fetch();
    return fetched != NOTHING;
}

static void report_lost(void)
{
    unsigned lost = keyboard_lost();

    if (lost != lost_reported)
        log_warning("Keyboard: the queue was full; characters lost: %u.", lost - lost_reported);
    lost_reported = lost;
}

size_t __wrap_keyboard_device_read(key_code *keys)
{
    if (!theirs)
        return __real_keyboard_device_read(keys);
    report_lost();
    fetch();
    if (fetched == NOTHING)
        return 0;
    keys[0] = (key_code)fetched;
    fetched = NOTHING;
    return 1;
}

void __wrap_keyboard_device_set_layout(const struct keyboard_layout *layout)
{
    if (theirs)
        log_warning("Keyboard: your program has a layout of its own, which stays.");
    else
        __real_keyboard_device_set_layout(layout);
}
