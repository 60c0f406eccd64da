/* Counts down and restarts the machine by the keyboard controller. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n .text");

static void wait_tenth(void)
{
    for (int i = 0; i < 2; i++) { /* PIT channel 2, 50 ms each time */
        outb(0x61, (inb(0x61) & ~2) | 1);
        outb(0x43, 0xb0);
        outb(0x42, 59659 & 0xff);
        outb(0x42, 59659 >> 8);
        while (!(inb(0x61) & 0x20))
            ;
    }
}

void kmain(void)
{
    print("Update installed. Restarting in");
    for (int i = 3; i > 0; i--) {
        print(" ");
        print_number((unsigned long)i);
        wait_tenth();
    }
    print("\nRestarting now.\n");
    while (inb(0x64) & 2)
        ;
    outb(0x64, 0xfe);
    for (;;)
        __asm__ volatile("cli; hlt");
}
