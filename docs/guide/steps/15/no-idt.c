/* no-idt.c - one bad access, and no IDT to find a handler in. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

void kernel(void)
{
    volatile uint64_t *nowhere = (volatile uint64_t *)0x123456789000;

    *nowhere = 1;                       /* not mapped: #PF */
    for (;;)
        __asm__ volatile("hlt");
}
