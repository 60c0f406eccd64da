/*
 * command_input.c - the commands for the keyboard: which keys arrive, and the layout.
 */
#include "kernel/console/console.h"
#include "kernel/input/input.h"
#include "kernel/input/key_name.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/shell/internal/commands.h"

#define ESCAPE '\033'

void command_keys(int argc, const char *const argv[])
{
    key_code key;
    char name[KEY_NAME_SIZE];

    (void)argc;
    (void)argv;
    printk("Press any key to see what arrives; Escape ends this.\n");
    do {
        key = input_wait();
        key_name(name, key);
        printk("  %07x  %s\n", key, name);
    } while (key != ESCAPE);
}

static void print_layouts(void)
{
    for (size_t i = 0; i < keyboard_layout_count; i++) {
        const struct keyboard_layout *layout = &keyboard_layouts[i];

        printk("%c %-4s %s\n", layout == keyboard_device_layout() ? '*' : ' ', layout->name,
               layout->description);
    }
}

void command_layout(int argc, const char *const argv[])
{
    const struct keyboard_layout *layout;

    if (argc < 2) {
        print_layouts();
    } else if ((layout = keyboard_layout_find(argv[1])) == NULL) {
        printk("Unknown layout \"%s\". Type \"layout\" for a list.\n", argv[1]);
    } else {
        keyboard_device_set_layout(layout);
        printk("Keyboard layout: %s.\n", layout->description);
    }
}
