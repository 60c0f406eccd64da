/* interrupts.h - an IDT, and the PICs at vectors 32 to 47.  Include it after console.h. */
struct frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

static struct {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_middle;
    uint32_t offset_high, zero;
} idt[256];

static inline void idt_set(int vector, void *handler)
{
    uint64_t address = (uint64_t)handler;

    idt[vector].offset_low = address;
    idt[vector].selector = 0x28;
    idt[vector].type = 0x8e;
    idt[vector].offset_middle = address >> 16;
    idt[vector].offset_high = address >> 32;
}

static inline void idt_load(void)
{
    struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) idtr = { sizeof(idt) - 1, (uint64_t)idt };

    __asm__ volatile("lidt %0" : : "m"(idtr));
}

/* Bits of mask that are set stay masked. */
static inline void pic_start(uint8_t mask)
{
    out8(0x20, 0x11);
    out8(0xa0, 0x11);
    out8(0x21, 32);
    out8(0xa1, 40);
    out8(0x21, 4);
    out8(0xa1, 2);
    out8(0x21, 1);
    out8(0xa1, 1);
    out8(0x21, mask);
    out8(0xa1, 0xff);
}

static inline void timer_start(unsigned per_second)
{
    unsigned divisor = 1193182 / per_second;

    out8(0x43, 0x36);
    out8(0x40, divisor);
    out8(0x40, divisor >> 8);
}
