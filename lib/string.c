/*
 * string.c - memory and string functions for code without a C library.
 *
 * Called by stage 2 and the kernel, and by code that the compilers generate.
 * Moves a machine word at a time.  Must be compiled so that the compiler does
 * not turn these loops back into calls of memcpy and memset: GCC with
 * -fno-tree-loop-distribute-patterns, clang with -fno-builtin.
 */
#include "string.h"

#include <stdint.h>

#include "cpu.h"

/*
 * A word at any address.  x86 needs no alignment, but C does: `packed` lifts
 * that rule, and `may_alias` lets the bytes be of any type.
 */
struct __attribute__((packed, may_alias)) word {
    uintptr_t value;
};

#define WORD sizeof(struct word)

/* By value: C forbids an assignment between objects that partly overlap. */
static uintptr_t load(const unsigned char *p)
{
    return ((const struct word *)p)->value;
}

static void store(unsigned char *p, uintptr_t value)
{
    ((struct word *)p)->value = value;
}

/* Also correct for overlapping ranges if `to` is the lower one. */
static void copy_upwards(unsigned char *to, const unsigned char *from, size_t bytes)
{
    cpu_copy_words(to, from, bytes / WORD);
    for (size_t i = bytes - bytes % WORD; i < bytes; i++)
        to[i] = from[i];
}

/* Also correct for overlapping ranges if `to` is the higher one. */
static void copy_downwards(unsigned char *to, const unsigned char *from, size_t bytes)
{
    for (; bytes >= WORD; bytes -= WORD)
        store(to + bytes - WORD, load(from + bytes - WORD));
    for (; bytes > 0; bytes--)
        to[bytes - 1] = from[bytes - 1];
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    copy_upwards(to, from, bytes);
    return to;
}

void *memmove(void *to, const void *from, size_t bytes)
{
    if ((uintptr_t)to <= (uintptr_t)from)
        copy_upwards(to, from, bytes);
    else
        copy_downwards(to, from, bytes);
    return to;
}

void *memset(void *to, int value, size_t bytes)
{
    unsigned char *p = to;
    uintptr_t pattern = UINTPTR_MAX / 0xff * (unsigned char)value; /* the byte, repeated */

    cpu_fill_words(p, pattern, bytes / WORD);
    for (size_t i = bytes - bytes % WORD; i < bytes; i++)
        p[i] = (unsigned char)value;
    return to;
}

int memcmp(const void *a, const void *b, size_t bytes)
{
    const unsigned char *p = a;
    const unsigned char *q = b;

    for (; bytes >= WORD; bytes -= WORD, p += WORD, q += WORD)
        if (load(p) != load(q))
            break; /* the bytes below decide which is greater */
    for (; bytes > 0; bytes--, p++, q++)
        if (*p != *q)
            return *p - *q;
    return 0;
}

size_t strlen(const char *s)
{
    const char *end = s;

    while (*end != '\0')
        end++;
    return (size_t)(end - s);
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}
