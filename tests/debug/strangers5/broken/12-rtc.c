/* 12-rtc.c - counts the RTC's periodic interrupt, IRQ 8 */
#include "desc.h"

#ifdef MENDED
#define MASTER_MASK 0xfb
#else
#define MASTER_MASK 0xff
#endif

extern void rtc(void);
static struct gate idt[256];
static volatile unsigned ticks;

static uint8_t cmos(uint8_t index)
{
    outb(0x70, index);
    return inb(0x71);
}

void on_rtc(void)
{
    cmos(0x0c); /* or there is no next one */
    ticks++;
    outb(0xa0, 0x20);
    outb(0x20, 0x20);
}

void kernel(void)
{
    uint8_t control;

    set_gate(&idt[0x28], rtc, 0x28, 0x8e);
    load_idt(idt, sizeof(idt));
    timer_on_32(); /* moves both PICs; the timer itself is not wanted */
    outb(0x21, MASTER_MASK);
    outb(0xa1, 0xfe); /* only IRQ 8 */
    control = cmos(0x0b);
    outb(0x70, 0x0b);
    outb(0x71, control | 0x40); /* periodic, 1024 Hz */
    cmos(0x0c);
    print("waiting for the RTC ... ");
    __asm__ volatile("sti");
    while (ticks < 100)
        __asm__ volatile("hlt");
    print("100 ticks");
    for (;;)
        __asm__ volatile("hlt");
}
