/*
 * command_basic.c - the commands that only call another folder's function.
 */
#include "kernel/console/console.h"
#include "kernel/panic/panic.h"
#include "kernel/shell/commands.h"
#include "kernel/time/boot_times.h"

void command_clear(int argc, const char *const argv[])
{
    (void)argc, (void)argv;
    console_clear();
}

void command_boot(int argc, const char *const argv[])
{
    (void)argc, (void)argv;
    boot_times_print_chart();
}

void command_panic(int argc, const char *const argv[])
{
    (void)argc, (void)argv;
    panic("requested by the shell command \"panic\"; nothing is wrong");
}
