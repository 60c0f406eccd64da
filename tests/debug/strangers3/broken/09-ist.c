/* Exceptions on a stack of their own, as a good kernel has them. */
#include "idt.h"

__asm__(".section .text.start\n start: call kernel\n .text");

struct interrupt_frame;

#ifdef MENDED
#define STACK 0
#else
#define STACK 1
#endif

__attribute__((interrupt)) static void breakpoint(struct interrupt_frame *frame)
{
    (void)frame;
    print("breakpoint\n");
}

__attribute__((interrupt)) static void double_fault(struct interrupt_frame *frame,
                                                    unsigned long code)
{
    (void)frame;
    (void)code;
    print("double fault\n");
    for (;;)
        __asm__ volatile("hlt");
}

void kernel(void);

void kernel(void)
{
    set_gate(3, breakpoint, STACK);
    set_gate(8, double_fault, STACK);
    load_idt();
    __asm__ volatile("int3");
    print("back from the breakpoint\n");
    for (;;)
        __asm__ volatile("hlt");
}
