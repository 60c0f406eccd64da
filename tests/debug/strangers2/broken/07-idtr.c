/* Sets up an IDT and tries it with a breakpoint. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: hlt; jmp 1b\n .text");

struct idt_entry {
    uint16_t offset_low;
    uint16_t selector;
    uint8_t ist;
    uint8_t flags;
    uint16_t offset_mid;
    uint32_t offset_high;
    uint32_t reserved;
};

struct idt_pointer {
    uint16_t limit;
    uint64_t base;
#ifdef MENDED
} __attribute__((packed));
#else
};
#endif

static struct idt_entry idt[256];
static struct idt_pointer pointer;

struct frame;
__attribute__((interrupt)) static void on_breakpoint(struct frame *frame)
{
    (void)frame;
    print("breakpoint handled\n");
}

static void idt_set(int vector, void *handler)
{
    uint64_t address = (uint64_t)handler;

    idt[vector].offset_low = (uint16_t)address;
    idt[vector].selector = 0x28;
    idt[vector].flags = 0x8e;
    idt[vector].offset_mid = (uint16_t)(address >> 16);
    idt[vector].offset_high = (uint32_t)(address >> 32);
}

void kmain(void)
{
    idt_set(3, on_breakpoint);
    pointer.limit = sizeof idt - 1;
    pointer.base = (uint64_t)idt;
    __asm__ volatile("lidt %0" : : "m"(pointer));
    print("testing the IDT\n");
    __asm__ volatile("int3");
    print("IDT works\n");
    for (;;)
        __asm__ volatile("hlt");
}
