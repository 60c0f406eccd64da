/* bump.c - the smallest allocator: a place in an array that only moves up. */
#include <stddef.h>
#include <stdint.h>

void kernel(void);
void done(void);
__asm__(".section .text.start\n call kernel\n .text");

static uint8_t memory[256] __attribute__((aligned(16)));
static size_t used;
static void *volatile first, *volatile second, *volatile third;

static void *allocate(size_t bytes)
{
    size_t start = (used + 15) / 16 * 16;       /* a multiple of 16 suits every type */

    if (bytes > sizeof memory - start)
        return NULL;
    used = start + bytes;
    return &memory[start];
}

__attribute__((noinline)) void done(void)
{
    for (;;)
        __asm__ volatile("hlt");
}

void kernel(void)
{
    first = allocate(100);
    second = allocate(20);
    third = allocate(200);                      /* there are only 124 bytes left */
    done();
}
