/*
 * WRONG: `second_passed` is changed by the timer's handler, but it is not volatile.  GCC reads it once
 * and makes the loop a jump to itself; it never ends, though the handler sets the flag.
 */
#include "console.h"
#include "interrupts.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static unsigned ticks;
static int second_passed;

__attribute__((interrupt)) static void on_timer(struct frame *frame)
{
    (void)frame;
    if (++ticks % 100 == 0)
        second_passed = 1;
    out8(0x20, 0x20);
}

static void wait_a_second(void)
{
    second_passed = 0;
    while (!second_passed)
        ;
}

void kernel(const struct boot_info *info)
{
    console_start(info);
    idt_set(32, on_timer);
    idt_load();
    pic_start(0xfe);
    timer_start(100);
    __asm__ volatile("sti");
    for (int i = 10; i > 0; i--) {
        print_number(i);
        print("... ");
        wait_a_second();
    }
    print("lift-off!\n");
    halt();
}
