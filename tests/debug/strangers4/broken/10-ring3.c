/* 10-ring3.c - the first step into ring 3: a task that says who it is */
#include "boot_info.h"
#include "desc.h"

#ifdef MENDED
#define USER_RFLAGS 0x3202 /* IOPL 3 */
#else
#define USER_RFLAGS 0x202
#endif

void kernel(void);

static uint64_t gdt[] = {
    0,
    0x00af9a000000ffff, /* 08h: kernel code */
    0x00cf92000000ffff, /* 10h: kernel data */
    0x00cff2000000ffff, /* 18h: user data */
    0x00affa000000ffff, /* 20h: user code */
};
static uint8_t user_stack[4096] __attribute__((aligned(16)));

static void task(void)
{
    print("task 1 runs in ring 3");
    for (;;)
        ;
}

/* Lets ring 3 reach the first GiB, of which each page is one of the loader's. */
static void open_pages(void)
{
    uint64_t *pml4, *pdpt, *pd;

    __asm__ volatile("movq %%cr3, %0" : "=r"(pml4));
    pml4[0] |= 4;
    pdpt = (uint64_t *)(pml4[0] & 0xfffff000);
    pdpt[0] |= 4;
    pd = (uint64_t *)(pdpt[0] & 0xfffff000);
    for (int i = 0; i < 512; i++)
        pd[i] |= 4;
    __asm__ volatile("movq %0, %%cr3" : : "r"(pml4) : "memory");
}

void kernel(void)
{
    struct table gdtr = {sizeof gdt - 1, (uint64_t)gdt};

    outb(0x21, 0xff);
    outb(0xa1, 0xff);
    open_pages();
    __asm__ volatile("lgdt %0" : : "m"(gdtr));
    __asm__ volatile("pushq $0x1b\n"
                     "pushq %0\n"
                     "pushq %1\n"
                     "pushq $0x23\n"
                     "pushq %2\n"
                     "iretq"
                     :
                     : "r"((uint64_t)(user_stack + sizeof user_stack - 8)),
                       "r"((uint64_t)USER_RFLAGS), "r"(task)
                     : "memory");
}
