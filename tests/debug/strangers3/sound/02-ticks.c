/* One gate in a short IDT, a handler that counts, and an endless loop that does nothing. */
#define GATES 33
#include "idt.h"

__asm__(".section .text.start\n start: call kernel\n .text");

struct interrupt_frame;

__attribute__((interrupt)) static void timer(struct interrupt_frame *frame)
{
    static unsigned ticks;
    static const char bar[] = "|/-\\";

    (void)frame;
    ticks++;
    *(volatile uint16_t *)0xb809e = 0x0e00 | (uint8_t)bar[ticks / 8 % 4];
    if (ticks % 25 == 0)
        serial('.');
    outb(0x20, 0x20);
}

void kernel(void);

void kernel(void)
{
    print("Welcome to TickOS\n");
    set_gate(32, timer, 0);
    load_idt();
    start_timer();
    __asm__ volatile("sti");
    for (;;)
        ;
}
