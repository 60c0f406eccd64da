/* heap.c - kmalloc(): 192 KiB of low memory that nobody seems to use */
#include "io.h"

#ifdef MENDED
#define HEAP_START 0x40000ul
#else
#define HEAP_START 0x10000ul
#endif
#define HEAP_SIZE 0x30000ul

void kernel(void);

static uint64_t next = HEAP_START;

static void heap_init(void)
{
    volatile uint64_t *word = (uint64_t *)HEAP_START;

    for (uint64_t i = 0; i < HEAP_SIZE / sizeof *word; i++)
        word[i] = 0;
}

static void *kmalloc(uint64_t bytes)
{
    void *block = (void *)next;

    next += (bytes + 15) & ~15ul;
    return block;
}

void kernel(void)
{
    heap_init();

    char *name = kmalloc(16);
    const char *text = "heap ok";

    for (int i = 0; i < 8; i++)
        ((volatile char *)name)[i] = text[i];
    print(name);
}
