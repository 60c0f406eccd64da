/*
 * WRONG: the timer's handler does not send an end of interrupt (20h to port 20h), so the PIC never
 * delivers the second tick, and the clock stays at 0.
 */
#include "console.h"
#include "interrupts.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static volatile unsigned ticks;

__attribute__((interrupt)) static void on_timer(struct frame *frame)
{
    (void)frame;
    ticks++;
}

void kernel(const struct boot_info *info)
{
    unsigned seconds = 0;

    console_start(info);
    print("Uptime in seconds: 0");
    idt_set(32, on_timer);
    idt_load();
    pic_start(0xfe); /* only the timer */
    timer_start(100);
    __asm__ volatile("sti");
    for (;;) {
        __asm__ volatile("hlt");
        if (ticks >= 100) {
            ticks -= 100;
            print(" ");
            print_number(++seconds);
        }
    }
}
