/* shell.h - the prompt. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_SHELL_H
#define FIRSTLIGHT_KERNEL_SHELL_SHELL_H

/* Reads lines from keyboard and serial port and executes them, forever. */
void shell_run(void) __attribute__((noreturn));

#endif
