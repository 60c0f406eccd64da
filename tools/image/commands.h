/*
 * commands.h - the commands of firstlight-image; each returns the exit status.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_COMMANDS_H
#define FIRSTLIGHT_TOOLS_IMAGE_COMMANDS_H

int command_make(int argc, char **argv);
int command_inspect(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_match(int argc, char **argv);
int command_compare(int argc, char **argv);

#endif
