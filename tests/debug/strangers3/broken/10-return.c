/* Own GDT with a TSS, then the first breakpoint. */
#include "idt.h"

__asm__(".section .text.start\n start: call kernel\n .text");

struct interrupt_frame;

static uint8_t stack[4096] __attribute__((aligned(16)));

static struct {
    uint32_t reserved0;
    uint64_t rsp[3], reserved1, ist[7], reserved2;
    uint16_t reserved3, io_map;
} __attribute__((packed)) tss;

static uint64_t gdt[4] = {0, 0x00209a0000000000};

static void load_gdt(void)
{
    const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) gdtr = {sizeof gdt - 1, (uint64_t)gdt};
    uint64_t base = (uint64_t)&tss;

    tss.ist[0] = (uint64_t)(stack + sizeof stack);
    tss.io_map = sizeof tss;
    gdt[2] = (sizeof tss - 1) | (base & 0xffffff) << 16 | 0x89ull << 40 | (base >> 24 & 0xff) << 56;
    gdt[3] = base >> 32;
    __asm__ volatile("lgdt %0\n"
                     "push $8\n"
                     "lea 1f(%%rip), %%rax\n"
                     "push %%rax\n"
                     "lretq\n"
                     "1: ltr %w1\n"
#ifdef MENDED
                     "xor %%eax, %%eax\n"
                     "mov %%eax, %%ss\n"
#endif
                     :
                     : "m"(gdtr), "r"(0x10)
                     : "rax", "memory");
}

__attribute__((interrupt)) static void breakpoint(struct interrupt_frame *frame)
{
    (void)frame;
    print("EXCEPTION: BREAKPOINT\n");
}

void kernel(void);

void kernel(void)
{
    load_gdt();
    set_gate(3, breakpoint, 0);
    load_idt();
    __asm__ volatile("int3");
    print("It did not crash!\n");
    for (;;)
        __asm__ volatile("hlt");
}
