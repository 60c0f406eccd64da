/* A self test that restarts the machine by the chipset's reset register. */
#include "pc.h"

__asm__(".section .text.start\n start: call kernel\n .text");

void kernel(void);

void kernel(void)
{
    print("self test passed, full reset by port CF9h\n");
    outb(0xcf9, 0x02);
    outb(0xcf9, 0x06);
    for (;;)
        __asm__ volatile("hlt");
}
