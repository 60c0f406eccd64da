/* not-moved.c - a kernel that lets the timer in where the BIOS has put it: at vector 8. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

struct frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

struct gate {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct __attribute__((packed)) table_pointer {
    uint16_t limit;
    void *base;
};

static struct gate idt[32];

__attribute__((interrupt)) static void on_double_fault(struct frame *frame)
{
    volatile uint16_t *cell = (volatile uint16_t *)0xb8000;

    (void)frame;
    for (const char *c = "Double fault!"; *c != '\0'; c++)
        *cell++ = (uint16_t)(0x4f00 | *c);
    for (;;)
        __asm__ volatile("hlt");
}

void kernel(void)
{
    uint64_t handler = (uint64_t)on_double_fault;

    idt[8] = (struct gate){(uint16_t)handler, 0x28, 0, 0x8e, (uint16_t)(handler >> 16),
                           (uint32_t)(handler >> 32), 0};
    struct table_pointer pointer = {sizeof idt - 1, idt};
    __asm__ volatile("lidt %0" : : "m"(pointer));

    __asm__ volatile("outb %b0, %w1" : : "a"(0xfe), "Nd"(0x21));    /* unmask the timer */
    __asm__ volatile("sti");
    for (;;)
        __asm__ volatile("hlt");
}
