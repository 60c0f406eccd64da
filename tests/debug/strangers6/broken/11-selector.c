/* IDT from the tutorial, on a new boot loader. */
#include "kit.h"

BEGIN_WITH(kmain);

#ifdef MENDED
#define KERNEL_CS code_segment()
#else
#define KERNEL_CS 0x08
#endif

static struct gate idt[256];

void isr_handler(void)
{
    say("received interrupt\n");
}

STUB(isr, isr_handler);

void kmain(void)
{
    for (int i = 0; i < 256; i++)
        set_gate(&idt[i], isr, KERNEL_CS, 0x8e);
    load_idt(idt, sizeof idt);
    say("testing int 3\n");
    __asm__ volatile("int $3");
    say("back again\n");
    for (;;)
        __asm__ volatile("hlt");
}
