/*
 * command_console.c - the commands for the console itself: its log and its colours.
 */
#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/shell/internal/commands.h"
#include "lib/string.h"

void command_log(int argc, const char *const argv[])
{
    unsigned level = 0;

    if (argc < 2) {
        log_print(LOG_DEBUG);
        return;
    }
    while (level < LOG_LEVELS && strcmp(argv[1], log_level_names[level]) != 0)
        level++;
    if (level < LOG_LEVELS)
        log_print((enum log_level)level);
    else
        printk("Unknown level \"%s\": use error, warning, info or debug.\n", argv[1]);
}

void command_colors(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    for (unsigned background = 40; background < 48; background++) {
        printk("  %u ", background);
        for (unsigned foreground = 30; foreground < 38; foreground++)
            printk("\033[%u;%um %u \033[%um %u \033[0m", foreground, background, foreground,
                   foreground + 60, foreground + 60);
        printk("\n");
    }
    printk("Foreground and background as in ESC [ 31;40 m.\n");
}
