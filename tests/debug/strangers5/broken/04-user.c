/* 04-user.c - a program in ring 3 that the timer should interrupt, and that asks for ten ticks */
#include "ring3.h"

#ifdef MENDED
#define START_RFLAGS RFLAGS_IF
#else
#define START_RFLAGS 0
#endif

extern void timer(void), service(void);
static struct gate idt[256];
static volatile unsigned ticks;
static uint8_t kernel_stack[8192] __attribute__((aligned(16)));
static uint8_t user_stack[8192] __attribute__((aligned(16)));

void on_timer(void)
{
    ticks++;
    outb(0x20, 0x20);
}

void on_service(const char *text)
{
    print(text);
}

static void say(const char *text)
{
    __asm__ volatile("int $0x80" : : "D"(text) : "memory");
}

static void program(void)
{
    say("user: waiting for ten ticks ... ");
    while (ticks < 10)
        ;
    say("user: there they are");
    for (;;)
        ;
}

void kernel(void)
{
    load_gdt(kernel_stack + sizeof(kernel_stack));
    set_gate(&idt[0x20], timer, 8, 0x8e);
    set_gate(&idt[0x80], service, 8, 0xee);
    load_idt(idt, sizeof(idt));
    open_pages_to_user();
    timer_on_32();
    enter_user(program, user_stack + sizeof(user_stack), START_RFLAGS);
}
