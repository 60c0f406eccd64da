/* sleep(): counts timer interrupts */
#include "kit.h"

BEGIN_WITH(kmain);

static struct gate idt[256];
static volatile unsigned long jiffies;

void on_timer(void)
{
    jiffies++;
    outb(0x20, 0x20);
}

STUB(irq0, on_timer);

static void sleep(unsigned long ticks)
{
    unsigned long until = jiffies + ticks;

    while (jiffies < until)
        __asm__ volatile("hlt");
}

void kmain(void)
{
    set_gate(&idt[0x20], irq0, code_segment(), 0x8e);
    load_idt(idt, sizeof idt);
    outb(0x43, 0x36); /* 100 Hz */
    outb(0x40, 11931 & 0xff);
    outb(0x40, 11931 >> 8);
    remap_pics();
#ifdef MENDED
    outb(0x21, inb(0x21) & 0xfe);
#endif
    __asm__ volatile("sti");
    say("sleeping\n");
    sleep(20);
    say("awake after 20 ticks\n");
    for (;;)
        __asm__ volatile("hlt");
}
