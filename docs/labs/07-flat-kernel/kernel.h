/*
 * kernel.h - what lab 7's entry.asm calls: you write it in kernel.c.
 */
#ifndef FIRSTLIGHT_LAB_KERNEL_H
#define FIRSTLIGHT_LAB_KERNEL_H

#include <stddef.h>
#include <stdint.h>

/*
 * Counts how often each pair of neighbours occurs in the text: the pair of a byte a and the byte b
 * right after it at [256 * a + b].  Returns the table, of 65536 numbers.
 */
const uint32_t *kernel_main(const char *text, size_t length);

#endif
