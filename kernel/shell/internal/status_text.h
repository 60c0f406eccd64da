/*
 * status_text.h - the text of the screen's status row.  Pure: status.c gathers the facts.
 *
 *      Firstlight | up 0:01:07 | 125 of 128 MiB free | us | CAPS    help lists commands
 *
 * with the vertical lines of code page 437 instead of bars.
 */
#ifndef FIRSTLIGHT_KERNEL_SHELL_INTERNAL_STATUS_TEXT_H
#define FIRSTLIGHT_KERNEL_SHELL_INTERNAL_STATUS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

#define STATUS_SIZE (VGA_COLUMNS + 1) /* a row and its NUL */

struct status_facts {
    uint64_t uptime_s;
    uint64_t free_bytes, usable_bytes;
    const char *layout; /* the keyboard layout's name */
    uint8_t locks;      /* the LOCK_... that are on */
    unsigned rows_back; /* 0 unless scrolled back */
};

bool status_equal(const struct status_facts *a, const struct status_facts *b);

/* At most VGA_COLUMNS characters of code page 437; what does not fit is cut. */
void status_text(char text[STATUS_SIZE], const struct status_facts *facts);

#endif
