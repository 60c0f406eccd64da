/*
 * Sound: counts seconds with the timer and sleeps in HLT between its ticks.  It leaves the PIC at
 * the BIOS's vectors, 8 to 15, on purpose: the timer's handler is at vector 8, and it knows that.
 */
#include "console.h"
#include "interrupts.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static volatile unsigned ticks;

__attribute__((interrupt)) static void on_timer(struct frame *frame)
{
    (void)frame;
    ticks++;
    out8(0x20, 0x20);
}

void kernel(const struct boot_info *info)
{
    console_start(info);
    print("Seconds:");
    idt_set(8, on_timer);
    idt_load();
    timer_start(100);
    out8(0x21, 0xfe);
    __asm__ volatile("sti");
    for (unsigned seconds = 1;; seconds++) {
        while (ticks < 100 * seconds)
            __asm__ volatile("hlt");
        print(" ");
        print_number(seconds);
    }
}
