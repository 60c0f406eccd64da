/* exceptions.c - the IDT, and a breakpoint to see whether it works */
#include "desc.h"

#ifdef MENDED
#define KERNEL_CODE 0x28
#else
#define KERNEL_CODE 0x08
#endif

void on_exception(void);
void kernel(void);

static struct gate idt[256];
volatile unsigned exceptions;

__asm__(".text\n"
        "isr: incl exceptions\n"
        "     iretq\n");
extern void isr(void);

void kernel(void)
{
    for (int vector = 0; vector < 256; vector++)
        set_gate(&idt[vector], isr, KERNEL_CODE, 0x8e);
    load_idt(idt, sizeof idt);
    __asm__ volatile("int3" : : : "memory");
    if (exceptions == 1)
        print("breakpoint survived");
}
