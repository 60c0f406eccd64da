/*
 * command_crash.c - `crash KIND`: runs the failure that kernel/crash/crash.def lists as KIND.
 */
#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/crash/crash.h"
#include "kernel/shell/internal/commands.h"
#include "lib/string.h"

static const struct crash {
    const char *kind;
    const char *text;
    void (*provoke)(void);
} crashes[] = {
#define CRASH(kind, text) {#kind, text, crash_##kind},
#include "kernel/crash/crash.def"
#undef CRASH
};

#define CRASHES (sizeof crashes / sizeof crashes[0])

static void list(void)
{
    for (size_t i = 0; i < CRASHES; i++) {
        printk_styled(CONSOLE_HEADING, "  %-12s", crashes[i].kind);
        printk(" %s\n", crashes[i].text);
    }
}

void command_crash(int argc, const char *const argv[])
{
    if (argc < 2) {
        list();
        return;
    }
    for (size_t i = 0; i < CRASHES; i++) {
        if (strcmp(argv[1], crashes[i].kind) == 0) {
            crashes[i].provoke();
            return;
        }
    }
    printk("Unknown crash \"%s\". Type \"crash\" for a list.\n", argv[1]);
}
