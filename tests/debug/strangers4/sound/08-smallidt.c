/* 08-smallidt.c - an IDT of 33 gates, of which one is there; its handler only counts */
#include "desc.h"

void kernel(void);
extern void irq0(void);

static struct gate idt[33];
volatile unsigned ticks;

__asm__(".text\n"
        "irq0: push %rax\n"
        "      incl ticks\n"
        "      movb $0x20, %al\n"
        "      outb %al, $0x20\n"
        "      pop %rax\n"
        "      iretq\n");

void kernel(void)
{
    set_gate(&idt[32], irq0, 0x28, 0x8e);
    load_idt(idt, sizeof idt);
    timer_on_32();
    __asm__ volatile("sti");
    while (ticks < 10)
        __asm__ volatile("hlt");
    print("10 ticks, and on it goes");
    for (;;)
        __asm__ volatile("hlt");
}
