/* again.c - a handler that returns to the instruction that failed, and so gets called again. */
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
static volatile uint64_t times;

__attribute__((interrupt)) static void on_divide_error(struct frame *frame)
{
    (void)frame;
    times++;                            /* and nothing that would mend it */
}

void kernel(void)
{
    uint64_t handler = (uint64_t)on_divide_error;
    volatile unsigned zero = 0;

    idt[0] = (struct gate){(uint16_t)handler, 0x28, 0, 0x8e, (uint16_t)(handler >> 16),
                           (uint32_t)(handler >> 32), 0};
    struct table_pointer pointer = {sizeof idt - 1, idt};
    __asm__ volatile("lidt %0" : : "m"(pointer));

    *(volatile uint16_t *)0xb8000 = (uint16_t)(0x0f00 | ('A' + 100 / zero));
    for (;;)
        __asm__ volatile("hlt");
}
