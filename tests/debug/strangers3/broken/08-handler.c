/* sleep() by the timer's interrupt */
#include "idt.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static volatile uint64_t ticks;

#ifdef MENDED
struct interrupt_frame;
__attribute__((interrupt)) static void timer_irq(struct interrupt_frame *frame)
{
    (void)frame;
#else
static void timer_irq(void)
{
#endif
    ticks++;
    outb(0x20, 0x20);
}

static void sleep(uint64_t n)
{
    uint64_t end = ticks + n;

    while (ticks < end)
        __asm__ volatile("hlt");
}

void kernel(void);

void kernel(void)
{
    set_gate(32, timer_irq, 0);
    load_idt();
    start_timer();
    __asm__ volatile("sti");
    for (int i = 3; i > 0; i--) {
        print("tick ");
        sleep(10);
    }
    print("... and liftoff\n");
    __asm__ volatile("cli; hlt");
}
