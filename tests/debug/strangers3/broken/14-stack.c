/* A kernel in the upper half that leaves the loader's page tables. */
#define SCREEN 0xffffffff800b8000
#include "pc.h"

#define BASE 0xffffffff80000000
#define ENTRIES 512

__asm__(".section .text.start\n"
        "start:\n"
#ifdef MENDED
        "mov $boot_stack + 8192, %rsp\n"
#endif
        "call kernel\n"
        ".text");

__attribute__((used)) uint8_t boot_stack[8192] __attribute__((aligned(16)));
static uint64_t pml4[ENTRIES] __attribute__((aligned(4096)));
static uint64_t pdpt[ENTRIES] __attribute__((aligned(4096)));
static uint64_t pd[ENTRIES] __attribute__((aligned(4096)));

static uint64_t physical(const void *at)
{
    return (uint64_t)at - BASE;
}

/* The kernel and the screen are in the top 2 GiB; nobody needs the lower half any more. */
static void paging_init(void)
{
    for (uint64_t i = 0; i < ENTRIES; i++)
        pd[i] = i << 21 | 0x83;
    pdpt[510] = physical(pd) | 3;
    pml4[511] = physical(pdpt) | 3;
    __asm__ volatile("mov %0, %%cr3" : : "r"(physical(pml4)) : "memory");
}

void kernel(void);

void kernel(void)
{
    print("paging ... ");
    paging_init();
    print("done\n");
    for (;;)
        __asm__ volatile("hlt");
}
