/* nearest.h - "did you mean": the name that was probably meant by a misspelt one.  Pure. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NEAREST_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NEAREST_H

#include <stddef.h>

/* The names by number; NULL after the last one. */
typedef const char *nearest_names(size_t index);

/*
 * The name that needs the fewest changes (a letter added, left out, replaced,
 * or two neighbours swapped), the first one if several are equal; NULL if all
 * need more than 2 changes, or more than half of their letters changed.
 */
const char *nearest_name(const char *word, nearest_names *names);

#endif
