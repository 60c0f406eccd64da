/* 14-breakpoint.c - a GDT of its own, and a handler for INT3 that returns */
#include "desc.h"

extern void breakpoint(void);
static struct gate idt[256];
static uint64_t gdt[] = {0, 0x00af9a000000ffff, /* 08h: code; data segments are ignored */
#ifdef MENDED
                         0x00cf92000000ffff
#endif
};

void on_breakpoint(void)
{
    print("breakpoint ");
}

static void load_gdt(void)
{
    struct table gdtr = {sizeof(gdt) - 1, (uint64_t)gdt};

    __asm__ volatile("lgdt %0\n\tpushq $8\n\tleaq 1f(%%rip), %%rax\n\tpushq %%rax\n\tlretq\n1:"
                     :
                     : "m"(gdtr)
                     : "rax", "memory");
}

void kernel(void)
{
    load_gdt();
    set_gate(&idt[3], breakpoint, 8, 0x8e);
    load_idt(idt, sizeof(idt));
    __asm__ volatile("int3" : : : "memory");
    print("and on it goes");
}
