/*
 * ansi.h - printk's text on the VGA: UTF-8, and the escape sequences that a serial
 * terminal understands by itself.
 *
 * Pure, except for what vga_text.h does.  Supported (ECMA-48, VT100), n is 1 unless given:
 *
 *   ESC [ n A, B, C, D   cursor up, down, right, left    ESC [ row ; column H   cursor to
 *   ESC [ n J            erase: 0 to the end, 2 all      ESC [ n K   the row: 0 to its end, 2 all
 *   ESC [ n ; ... m      0 plain, 1 bright, 22 not, 7 swapped, 30-37, 90-97 and 39 foreground,
 *                        40-47 and 49 background
 *
 * All others print nothing.
 */
#ifndef FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_ANSI_H
#define FIRSTLIGHT_KERNEL_CONSOLE_INTERNAL_ANSI_H

#include <stddef.h>
#include <stdint.h>

#include "lib/csi.h"
#include "lib/utf8.h"
#include "lib/vga_text.h"

/* All zero at first. */
struct ansi {
    enum ansi_state { ANSI_TEXT, ANSI_ESCAPE, ANSI_SEQUENCE } state;
    struct utf8_decoder utf8;
    struct csi csi;
};

void ansi_write(struct ansi *ansi, struct vga_text *screen, const char *text, size_t length);

#endif
