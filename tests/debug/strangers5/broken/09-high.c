/* 09-high.c - a kernel in the upper half that maps a page for its heap at FFFF900000000000h */
#include "io.h"

__asm__(".section .text.start, \"ax\"\n\t.globl start\nstart:\tcall kernel\n1:\thlt\n\tjmp 1b\n\t"
        ".text");

#define PRESENT_WRITABLE 3
#ifdef MENDED
#define ADDRESS(table) ((uint64_t)(table)-0xffffffff80000000)
#else
#define ADDRESS(table) ((uint64_t)(table))
#endif

static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t directory[512] __attribute__((aligned(4096)));
static uint64_t table[512] __attribute__((aligned(4096)));
static uint8_t page[4096] __attribute__((aligned(4096)));

static void map_heap(void)
{
    uint64_t *pml4;

    __asm__ volatile("movq %%cr3, %0" : "=r"(pml4));
    table[0] = ADDRESS(page) | PRESENT_WRITABLE;
    directory[0] = ADDRESS(table) | PRESENT_WRITABLE;
    pdpt[0] = ADDRESS(directory) | PRESENT_WRITABLE;
    pml4[288] = ADDRESS(pdpt) | PRESENT_WRITABLE; /* the loader's, in the identity mapping */
    __asm__ volatile("movq %0, %%cr3" : : "r"(pml4) : "memory");
}

void kernel(void)
{
    volatile uint64_t *heap = (uint64_t *)0xffff900000000000;

    map_heap();
    print("heap mapped, writing ... ");
    heap[0] = 0x1234;
    if (heap[0] == 0x1234)
        print("the heap works");
}
