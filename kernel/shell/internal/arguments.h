/* arguments.h - how commands check and read their arguments. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_ARGUMENTS_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_ARGUMENTS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True if `count` arguments match a synopsis: "ADDR [LEN]" takes one or two,
 * and "..." at its end allows any number more.  Pure.
 */
bool arguments_fit(const char *synopsis, int count);

/* Reads a number; if `text` is not one, prints a line that says why and returns false. */
__attribute__((warn_unused_result)) bool argument_number(const char *text, uint64_t *value);

#endif
