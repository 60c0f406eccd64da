/* nearest.h - "did you mean": the name that a misspelt one probably was.  Pure. */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NEAREST_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_NEAREST_H

#include <stddef.h>

/* The names by number, NULL behind the last one. */
typedef const char *nearest_names(size_t index);

/*
 * The name that takes the fewest changes (a letter added, left out, replaced, or two
 * neighbours swapped), the first of equals; NULL if none is near: more than 2 changes, or
 * more than half of the letters.
 */
const char *nearest_name(const char *word, nearest_names *names);

#endif
