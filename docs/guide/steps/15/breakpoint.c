/* breakpoint.c - an IDT with one gate, and an instruction that goes through it. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

struct frame {                          /* what the CPU pushes */
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
static volatile uint16_t *cell = (volatile uint16_t *)0xb8000;

__attribute__((interrupt)) static void on_breakpoint(struct frame *frame)
{
    (void)frame;                        /* the instruction after INT3 is in frame->rip */
    *cell++ = 0x0f00 | '!';
}

void kernel(void)
{
    uint64_t handler = (uint64_t)on_breakpoint;

    idt[3] = (struct gate){
        .offset_low = (uint16_t)handler,
        .offset_middle = (uint16_t)(handler >> 16),
        .offset_high = (uint32_t)(handler >> 32),
        .selector = 0x28,               /* the loader's 64-bit code segment */
        .type = 0x8e,                   /* present, ring 0, interrupt gate */
    };
    struct table_pointer pointer = {sizeof idt - 1, idt};
    __asm__ volatile("lidt %0" : : "m"(pointer));

    *cell++ = 0x0f00 | 'A';
    __asm__ volatile("int3" : : : "memory");
    *cell++ = 0x0f00 | 'B';
    for (;;)
        __asm__ volatile("hlt");
}
