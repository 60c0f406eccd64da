/* 03-sleep.c - waits for a tenth of a second by the timer; sleep() is in 03-sleep-gcc.S */
#include "desc.h"

extern void timer(void), sleep(unsigned ticks);
static struct gate idt[256];

void kernel(void)
{
    set_gate(&idt[0x20], timer, 0x28, 0x8e);
    load_idt(idt, sizeof(idt));
    timer_on_32();
    __asm__ volatile("sti");
    print("going to sleep ... ");
    sleep(10);
    print("awake again");
    for (;;)
        __asm__ volatile("hlt");
}
