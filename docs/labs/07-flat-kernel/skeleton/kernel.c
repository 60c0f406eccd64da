/*
 * kernel.c - lab 7: counts pairs of neighbours in a text
 */
#include "kernel.h"

/* 4. A table of 65536 numbers that start as 0. */

const uint32_t *kernel_main(const char *text, size_t length)
{
    (void)text, (void)length;
    return NULL;
}
