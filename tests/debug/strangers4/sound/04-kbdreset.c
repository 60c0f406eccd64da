/* 04-kbdreset.c - an update was written, so the machine starts anew */
#include "io.h"

void kernel(void);

void kernel(void)
{
    print("firmware variables written, restarting\r\n");
    while (inb(0x64) & 2)
        ;
    outb(0x64, 0xfe);
    for (;;)
        __asm__ volatile("hlt");
}
