/*
 * commands.h - the functions that run the shell's commands, one for each line of commands.def.
 *
 * The shell has split the line into words: argv[0] is the command's name,
 * argv[1] to argv[argc - 1] its arguments.  Their number matches the synopsis;
 * the command itself checks what they mean.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_COMMANDS_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_COMMANDS_H

#define COMMAND(name, arguments, help) void command_##name(int argc, const char *const argv[]);
#include "kernel/shell/commands.def"
#undef COMMAND

#endif
