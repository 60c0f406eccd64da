/* timer.c - counts the timer's interrupts, 100 a second */
#include "desc.h"

void on_timer(void);
void kernel(void);
extern void irq0(void);

static struct gate idt[256];
static volatile unsigned ticks;

__asm__(".text\n"
        "irq0: push %rax\n push %rcx\n push %rdx\n push %rsi\n push %rdi\n"
        "      push %r8\n push %r9\n push %r10\n push %r11\n"
        "      cld\n"
        "      call on_timer\n"
        "      pop %r11\n pop %r10\n pop %r9\n pop %r8\n"
        "      pop %rdi\n pop %rsi\n pop %rdx\n pop %rcx\n pop %rax\n"
#ifdef MENDED
        "      iretq\n"
#else
        "      ret\n"
#endif
);

__attribute__((used)) void on_timer(void)
{
    ticks++;
    outb(0x20, 0x20);
}

void kernel(void)
{
    set_gate(&idt[32], irq0, 0x28, 0x8e);
    load_idt(idt, sizeof idt);
    timer_on_32();
    __asm__ volatile("sti");
    while (ticks < 20)
        __asm__ volatile("hlt" : : : "memory");
    print("20 ticks, the clock works");
    for (;;)
        __asm__ volatile("hlt");
}
