/* 10-driver.c - a serial driver in ring 3: IOPL 3 lets it use ports, CLI and STI */
#include "ring3.h"

extern void timer(void);
static struct gate idt[256];
static volatile unsigned ticks;
static uint8_t kernel_stack[8192] __attribute__((aligned(16)));
static uint8_t user_stack[8192] __attribute__((aligned(16)));

void on_timer(void)
{
    ticks++;
    outb(0x20, 0x20);
}

static void driver(void)
{
    __asm__ volatile("cli");
    print("driver in ring 3: ");
    __asm__ volatile("sti");
    while (ticks < 5)
        __asm__ volatile("pause");
    __asm__ volatile("cli");
    print("5 ticks");
    __asm__ volatile("sti");
    for (;;)
        __asm__ volatile("pause");
}

void kernel(void)
{
    load_gdt(kernel_stack + sizeof(kernel_stack));
    set_gate(&idt[0x20], timer, 8, 0x8e);
    load_idt(idt, sizeof(idt));
    open_pages_to_user();
    timer_on_32();
    enter_user(driver, user_stack + sizeof(user_stack), RFLAGS_IF | 3 << 12);
}
