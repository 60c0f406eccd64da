/* A higher-half kernel that does nothing but count seconds: hlt with interrupts on. */
#include <stdint.h>

#define HIGH 0xffffffff80000000ULL

static inline void outb(uint16_t port, uint8_t value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }

static uint64_t gdt[3] = {0, 0x00af9a000000ffff, 0x00cf92000000ffff};
static uint64_t idt[256][2];
static volatile uint64_t ticks;

struct pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static void say(const char *text)
{
    while (*text)
        outb(0x3f8, (uint8_t)*text++);
}

struct frame;
__attribute__((interrupt)) static void on_timer(struct frame *frame)
{
    (void)frame;
    ticks++;
    outb(0x20, 0x20);
}

void kmain(void)
{
    struct pointer gdtr = {sizeof gdt - 1, (uint64_t)gdt}, idtr = {sizeof idt - 1, (uint64_t)idt};
    uint64_t handler = (uint64_t)on_timer, shown = 0;
    volatile uint16_t *cell = (uint16_t *)(HIGH + 0xb8000) + 80 * 14;

    __asm__ volatile("lgdt %0; lidt %1" : : "m"(gdtr), "m"(idtr));
    __asm__ volatile("pushq $8; leaq 1f(%%rip), %%rax; pushq %%rax; lretq; 1: mov %0, %%ds; mov %0, %%es;"
                     "mov %0, %%ss" : : "r"(0x10) : "rax", "memory");
    idt[0x20][0] = (handler & 0xffff) | 8 << 16 | 0x8eULL << 40 | (handler >> 16 & 0xffff) << 48;
    idt[0x20][1] = handler >> 32;
    outb(0x20, 0x11), outb(0x21, 0x20), outb(0x21, 4), outb(0x21, 1), outb(0x21, 0xfe);
    outb(0x43, 0x36), outb(0x40, 11932 & 0xff), outb(0x40, 11932 >> 8);
    say("counting\r\n");
    __asm__ volatile("sti");
    for (;;) {
        __asm__ volatile("hlt");
        if (ticks / 100 != shown) {
            shown = ticks / 100;
            *cell++ = (uint16_t)(0x0e00 | '.');
            say(".");
        }
    }
}
