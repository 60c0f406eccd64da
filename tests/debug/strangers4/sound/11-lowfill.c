/* 11-lowfill.c - with its own stack, GDT and page tables, the kernel clears what the loader has left below 256 KiB */
#include "desc.h"

#define LOADER_END 0x40000ul

void kernel(void);

static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t pd[512] __attribute__((aligned(4096)));
static uint64_t gdt[] = {0, 0x00af9a000000ffff, 0x00cf92000000ffff};
uint8_t scrub_stack[8192] __attribute__((aligned(16)));

static void own_tables(void)
{
    struct table gdtr = {sizeof gdt - 1, (uint64_t)gdt};

    pml4[0] = (uint64_t)pdpt | 3;
    pdpt[0] = (uint64_t)pd | 3;
    for (uint64_t i = 0; i < 512; i++)
        pd[i] = i << 21 | 0x83;
    __asm__ volatile("movq %0, %%cr3" : : "r"(pml4) : "memory");
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

__attribute__((used)) void scrub(void)
{
    uint64_t wrong = 0;

    for (uint64_t at = 8; at < LOADER_END; at += 8)
        *(volatile uint64_t *)at = 0xa5a5a5a5a5a5a5a5;
    for (uint64_t at = 8; at < LOADER_END; at += 8)
        wrong += *(volatile uint64_t *)at != 0xa5a5a5a5a5a5a5a5;
    print(wrong == 0 ? "256 KiB scrubbed" : "low memory is bad");
    for (;;)
        __asm__ volatile("cli\n hlt");
}

void kernel(void)
{
    own_tables();
    __asm__ volatile("leaq scrub_stack + 8192(%%rip), %%rsp\n call scrub" : : : "memory");
}
