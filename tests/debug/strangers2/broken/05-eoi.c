/* 32-bit kernel: counts timer ticks for a second */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: hlt; jmp 1b\n .text");

struct gate {
    uint16_t low, selector;
    uint8_t zero, type;
    uint16_t high;
} __attribute__((packed));

static struct gate idt[256];
static volatile uint32_t ticks;

void timer_interrupt(void)
{
    ticks++;
#ifdef MENDED
    outb(0x20, 0x20);
#endif
}

extern char timer_stub[];
__asm__("timer_stub: pusha; call timer_interrupt; popa; iret");

void kmain(void)
{
    struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) idtr = {sizeof idt - 1, (uint32_t)idt};

    idt[0x20] = (struct gate){(uint16_t)(uint32_t)timer_stub, 8, 0, 0x8e, (uint32_t)timer_stub >> 16};
    __asm__ volatile("lidt %0" : : "m"(idtr));
    pic_remap(0xfe);
    pit_hz(100);
    print("sleeping for a second...\n");
    __asm__ volatile("sti");
    while (ticks < 100)
        __asm__ volatile("hlt");
    print("awake again\n");
    for (;;)
        __asm__ volatile("hlt");
}
