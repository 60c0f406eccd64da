/* 13-reboot.c - does its work and reboots as many kernels do: no IDT, then a breakpoint */
#include "desc.h"

static __attribute__((noreturn)) void reboot(void)
{
    struct table none = {0, 0};

    __asm__ volatile("lidt %0\n\tint3" : : "m"(none));
    for (;;)
        __asm__ volatile("hlt");
}

void kernel(void)
{
    print("work done, rebooting by a triple fault");
    while (!(inb(0x3fd) & 0x40))
        ; /* the last letter is out */
    reboot();
}
