/* The timer, with the IDT of my 32-bit kernel; now it's a 64-bit one. */
#include "idt.h"

__asm__(".section .text.start\n start: call kernel\n .text");

struct interrupt_frame;
static volatile unsigned ticks;

__attribute__((interrupt)) static void timer(struct interrupt_frame *frame)
{
    (void)frame;
    ticks++;
    outb(0x20, 0x20);
}

__attribute__((interrupt)) static void spurious(struct interrupt_frame *frame)
{
    (void)frame;
}

#ifndef MENDED
struct idt_entry {
    uint16_t base_low, sel;
    uint8_t always0, flags;
    uint16_t base_high;
} __attribute__((packed));

static struct idt_entry entries[256];

static void idt_set_gate(unsigned num, uint32_t base)
{
    entries[num] = (struct idt_entry){(uint16_t)base, 0x28, 0, 0x8e, (uint16_t)(base >> 16)};
}

static void idt_install(void)
{
    const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtp = {sizeof entries - 1, (uint64_t)entries};

    idt_set_gate(32, (uint32_t)(uint64_t)timer);
    idt_set_gate(39, (uint32_t)(uint64_t)spurious);
    __asm__ volatile("lidt %0" : : "m"(idtp));
}
#else
static void idt_install(void)
{
    set_gate(32, timer, 0);
    set_gate(39, spurious, 0);
    load_idt();
}
#endif

void kernel(void);

void kernel(void)
{
    print("waiting for the timer\n");
    idt_install();
    start_timer();
    __asm__ volatile("sti");
    while (ticks < 25)
        __asm__ volatile("hlt");
    print("a quarter of a second has passed\n");
    for (;;)
        __asm__ volatile("hlt");
}
