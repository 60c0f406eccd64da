/* 05-lazy.c - gives a task the x87 and SSE only when it uses them: CR0.TS and #NM */
#include "desc.h"

extern void no_device(void);
extern int x87_product(int left, int right);
extern int sse_sum(int left, int right);
static struct gate idt[256];
static unsigned given;

void on_no_device(void)
{
    given++;
    __asm__ volatile("clts");
}

static void switch_task(void)
{
    uint64_t cr0;

    __asm__ volatile("movq %%cr0, %0" : "=r"(cr0));
    __asm__ volatile("movq %0, %%cr0" : : "r"(cr0 | 8));
}

void kernel(void)
{
    uint64_t cr4;

    set_gate(&idt[7], no_device, 0x28, 0x8e);
    load_idt(idt, sizeof(idt));
    __asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
    __asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | 3 << 9)); /* OSFXSR, OSXMMEXCPT */
    __asm__ volatile("fninit");
    switch_task();
    if (x87_product(6, 7) != 42 || x87_product(2, 4) != 8)
        print("x87 is wrong ");
    switch_task();
    if (sse_sum(1000, 24) != 1024)
        print("SSE is wrong ");
    switch_task();
    print(given == 2 ? "the FPU was given 2 times" : "the FPU was not given 2 times");
}
