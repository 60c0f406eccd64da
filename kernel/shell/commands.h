/*
 * commands.h - the functions behind the shell's commands, one for each line of
 * commands.def.
 *
 * The shell has split the line at its spaces: argv[0] is the command's name,
 * argv[1] to argv[argc - 1] its arguments.  A command that can't make sense of
 * them says so with command_usage().
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_COMMANDS_H
#define FIRSTLIGHT_KERNEL_SHELL_COMMANDS_H

#define COMMAND(name, arguments, help) void command_##name(int argc, const char *const argv[]);
#include "kernel/shell/commands.def"
#undef COMMAND

/* Prints "usage: name arguments" for the command `name`, which must exist. */
void command_usage(const char *name);

#endif
