/* ring3.h - a GDT with user segments, a TSS, pages that ring 3 may use, and the way there */
#pragma once

#include "desc.h"

#define USER_DATA 0x1b
#define USER_CODE 0x23
#define RFLAGS_IF 0x200

struct __attribute__((packed)) tss {
    uint32_t reserved;
    uint64_t rsp[3];
    uint64_t ist[9];
    uint16_t none;
    uint32_t iomap;
};

static struct tss tss;
static uint64_t gdt[7] = {0, 0x00af9a000000ffff, 0x00cf92000000ffff, 0x00cff2000000ffff,
                          0x00affa000000ffff};

static void load_gdt(void *kernel_stack_top)
{
    uint64_t base = (uint64_t)&tss;
    struct table gdtr = {sizeof(gdt) - 1, (uint64_t)gdt};

    tss.rsp[0] = (uint64_t)kernel_stack_top;
    tss.iomap = sizeof(tss) << 16;
    gdt[5] = 0x0000890000000000 | (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
             (base & 0xff000000) << 32;
    gdt[6] = base >> 32;
    __asm__ volatile("lgdt %0\n\tpushq $8\n\tleaq 1f(%%rip), %%rax\n\tpushq %%rax\n\tlretq\n1:\t"
                     "movw $0x28, %%ax\n\tltr %%ax"
                     :
                     : "m"(gdtr)
                     : "rax", "memory");
}

/* The first 4 MiB, in which everything of ours is. */
static void open_pages_to_user(void)
{
    uint64_t *entry, cr3;

    __asm__ volatile("movq %%cr3, %0" : "=r"(cr3));
    entry = (uint64_t *)(cr3 & ~0xfffULL);
    for (int level = 0; level < 2; level++) {
        *entry |= 4;
        entry = (uint64_t *)(*entry & 0xffffffffff000);
    }
    entry[0] |= 4;
    entry[1] |= 4;
    __asm__ volatile("movq %0, %%cr3" : : "r"(cr3) : "memory");
}

static inline __attribute__((noreturn)) void enter_user(void (*program)(void), void *stack_top,
                                                        uint64_t rflags)
{
    __asm__ volatile("pushq %0\n\tpushq %1\n\tpushq %2\n\tpushq %3\n\tpushq %4\n\tiretq"
                     :
                     : "i"(USER_DATA), "r"((uint64_t)stack_top - 8), "r"(rflags), "i"(USER_CODE),
                       "r"(program)
                     : "memory");
    __builtin_unreachable();
}
