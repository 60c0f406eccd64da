/*
 * keyboard_device.c - fetches the keyboard's bytes and has them decoded.
 *
 * Owns ports 60h and 64h while the shell runs.  Nothing waits: no key, a mouse
 * or no controller at all (it reads FFh) are no key.
 */
#include "kernel/input/keyboard_device.h"

#include "kernel/memory/physical.h"
#include "lib/port.h"

#define I8042_DATA 0x60
#define I8042_STATUS 0x64
#define I8042_OUTPUT_FULL 0x01
#define I8042_AUXILIARY 0x20 /* the byte is the mouse's */
#define I8042_ABSENT 0xff

/* The BIOS's own keyboard state: the locks are on as it left them. */
#define BDA_KEYBOARD_FLAGS 0x17 /* offset in the BIOS data area */
#define BDA_LOCKS_SHIFT 4       /* bits 4-6: Scroll, Num, Caps */
#define BDA_LOCKS (LOCK_SCROLL | LOCK_NUM | LOCK_CAPS)

static struct keyboard keyboard;

void keyboard_device_start(void)
{
    const volatile uint8_t *flags = physical_pointer(BDA_ADDRESS + BDA_KEYBOARD_FLAGS);

    keyboard.layout = &keyboard_layouts[0];
    keyboard.locks = *flags >> BDA_LOCKS_SHIFT & BDA_LOCKS;
}

size_t keyboard_device_read(key_code keys[KEYBOARD_KEYS_MAX])
{
    uint8_t status = inb(I8042_STATUS);

    if (status == I8042_ABSENT || !(status & I8042_OUTPUT_FULL))
        return 0;

    uint8_t byte = inb(I8042_DATA);

    return status & I8042_AUXILIARY ? 0 : keyboard_decode(&keyboard, byte, keys);
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
