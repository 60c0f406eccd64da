/* gdt.c - segments of our own, and the TSS that interrupts from ring 3 will need */
#include "desc.h"

struct __attribute__((packed)) tss {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t iomap;
};

#define TSS_SELECTOR 0x28

void kernel(void);

static struct tss tss;
static uint8_t interrupt_stack[4096] __attribute__((aligned(16)));

static uint64_t gdt[] = {
    0,
    0x00af9a000000ffff, /* 08h: kernel code */
    0x00cf92000000ffff, /* 10h: kernel data */
    0x00cff2000000ffff, /* 18h: user data */
    0x00affa000000ffff, /* 20h: user code */
    0,                  /* 28h: the TSS */
#ifdef MENDED
    0,
#endif
};

static void load_gdt(void)
{
    struct table gdtr = {sizeof gdt - 1, (uint64_t)gdt};

    __asm__ volatile("lgdt %0\n"
                     "pushq $8\n"
                     "leaq 1f(%%rip), %%rax\n"
                     "pushq %%rax\n"
                     "lretq\n"
                     "1: movl $0x10, %%eax\n"
                     "movl %%eax, %%ds\n"
                     "movl %%eax, %%es\n"
                     "movl %%eax, %%ss\n"
                     :
                     : "m"(gdtr)
                     : "rax", "memory");
}

void kernel(void)
{
    uint64_t base = (uint64_t)&tss;

    tss.rsp[0] = (uint64_t)(interrupt_stack + sizeof interrupt_stack);
    tss.iomap = sizeof tss;
    gdt[5] = (sizeof tss - 1) | (base & 0xffffff) << 16 | 0x89ull << 40 | (base >> 24 & 0xff) << 56;
#ifdef MENDED
    gdt[6] = base >> 32;
#endif
    load_gdt();
    __asm__ volatile("ltr %w0" : : "r"(TSS_SELECTOR));
    print("GDT and TSS loaded");
}
