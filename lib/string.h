/*
 * string.h - the few memory and string functions of the C library that
 * freestanding code needs.  They behave as ISO C says; compilers emit calls
 * to the first four on their own.
 */
#ifndef FIRSTLIGHT_LIB_STRING_H
#define FIRSTLIGHT_LIB_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);

#endif
