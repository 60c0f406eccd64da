/* Timer ticks: the IDT points at a C function, which acknowledges the interrupt. */
#include "kit.h"

BEGIN_WITH(kmain);

static struct gate idt[256];
static volatile int ticks;

void timer_handler(void)
{
    ticks++;
    say("tick\n");
    outb(0x20, 0x20);
}

#ifdef MENDED
STUB(timer_stub, timer_handler);
#endif

void kmain(void)
{
    remap_pics();
#ifdef MENDED
    set_gate(&idt[0x20], timer_stub, code_segment(), 0x8e);
#else
    set_gate(&idt[0x20], timer_handler, code_segment(), 0x8e);
#endif
    load_idt(idt, sizeof idt);
    outb(0x21, 0xfe); /* only the timer */
    say("waiting for five ticks\n");
    __asm__ volatile("sti");
    while (ticks < 5)
        __asm__ volatile("hlt");
    say("five ticks, good bye\n");
    for (;;)
        __asm__ volatile("cli; hlt");
}
