/* null.c - reads through a NULL pointer, with the loader's page tables. */
#include <stdint.h>

void kernel(void);
void done(void);
__asm__(".section .text.start\n call kernel\n .text");

static volatile uint64_t value;

__attribute__((noinline)) void done(void)
{
    for (;;)
        __asm__ volatile("hlt");
}

void kernel(void)
{
    volatile uint64_t *volatile pointer = 0;

    value = *pointer;
    done();
}
