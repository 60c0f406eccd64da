/* The screen through the mapping in the upper half */
#include "kit.h"

BEGIN_WITH(kmain);

#ifdef MENDED
#define KERNEL_VMA 0xFFFFFFFF80000000
#else
#define KERNEL_VMA 0xFFFFFFF80000000
#endif
#define P2V(address) ((void *)((uint64_t)(address) + KERNEL_VMA))

static void clear_line(volatile uint16_t *line)
{
    for (int i = 0; i < 80; i++)
        line[i] = 0x1f20;
}

void kmain(void)
{
    volatile uint16_t *vga = P2V(0xb8000);

    say("clearing the line at the top\n");
    clear_line(vga);
    say("the top line is blue\n");
    for (;;)
        __asm__ volatile("hlt");
}
