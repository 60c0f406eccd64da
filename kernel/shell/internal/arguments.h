/* arguments.h - what commands share to make sense of their arguments. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_ARGUMENTS_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_ARGUMENTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True if `count` arguments are what a synopsis asks for: "ADDR [LEN]" takes one
 * or two, and "..." at its end any number more.  Pure.
 */
bool arguments_fit(const char *synopsis, int count);

/* Reads a number; if it is none, prints one line that says why, and returns false. */
__attribute__((warn_unused_result)) bool argument_number(const char *text, uint64_t *value);

#endif
