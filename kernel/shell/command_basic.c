/*
 * command_basic.c - the commands of a line or two.
 */
#include "kernel/boot/boot_times.h"
#include "kernel/console/console.h"
#include "kernel/panic/panic.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/version.h"

void command_clear(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    console_clear();
}

void command_echo(int argc, const char *const argv[])
{
    for (int i = 1; i < argc; i++)
        printk(i > 1 ? " %s" : "%s", argv[i]);
    printk("\n");
}

void command_version(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
#ifdef __clang__
    printk("Firstlight v" FIRSTLIGHT_VERSION ", compiled by " __VERSION__ ".\n");
#else
    printk("Firstlight v" FIRSTLIGHT_VERSION ", compiled by GCC " __VERSION__ ".\n");
#endif
}

void command_boot(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    boot_times_print_chart();
}

void command_panic(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    panic("requested by the shell command \"panic\"; nothing is wrong");
}
