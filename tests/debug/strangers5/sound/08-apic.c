/* 08-apic.c - the local APIC's timer; both 8259 stay masked.  After 25 ticks it sleeps for good. */
#include "desc.h"

#define APIC 0xfee00000

extern void tick(void), spurious(void);
static struct gate idt[256];
static volatile unsigned ticks;

static void write_apic(uint32_t offset, uint32_t value)
{
    *(volatile uint32_t *)(uint64_t)(APIC + offset) = value;
}

void on_tick(void)
{
    ticks++;
    write_apic(0xb0, 0); /* end of interrupt */
}

void on_spurious(void)
{
}

void kernel(void)
{
    set_gate(&idt[0x40], tick, 0x28, 0x8e);
    set_gate(&idt[0xff], spurious, 0x28, 0x8e);
    load_idt(idt, sizeof(idt));
    outb(0x21, 0xff);
    outb(0xa1, 0xff);
    write_apic(0x80, 0);        /* task priority: all */
    write_apic(0xf0, 0x1ff);    /* on, spurious vector FFh */
    write_apic(0x3e0, 0x0b);    /* divide by 1 */
    write_apic(0x320, 0x20040); /* periodic, vector 40h */
    write_apic(0x380, 10000000);
    __asm__ volatile("sti");
    while (ticks < 25)
        __asm__ volatile("hlt");
    write_apic(0x380, 0); /* stop */
    print("25 ticks of the APIC");
    for (;;)
        __asm__ volatile("hlt");
}
