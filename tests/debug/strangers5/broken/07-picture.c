/* 07-picture.c - paging for the first 4 MiB, then a picture */
#include "io.h"

__asm__(".section .text.start, \"ax\"\n\tcall kernel\n1:\thlt\n\tjmp 1b\n\t.text");

static uint32_t directory[1024] __attribute__((aligned(4096)));
static uint32_t low[1024] __attribute__((aligned(4096)));
static uint32_t other[1024] __attribute__((aligned(4096)));

static void map(uint32_t *table, uint32_t from)
{
    for (uint32_t page = 0; page < 1024; page++)
        table[page] = (from + page * 4096) | 3;
    directory[from >> 22] = (uint32_t)table | 3;
}

static void paging(uint32_t picture)
{
    map(low, 0);
#ifdef MENDED
    map(other, picture & ~0x3fffffu);
#else
    (void)other, (void)picture;
#endif
    __asm__ volatile("movl %0, %%cr3\n\tmovl %%cr0, %%eax\n\torl $0x80000000, %%eax\n\t"
                     "movl %%eax, %%cr0"
                     :
                     : "r"(directory)
                     : "eax", "memory");
}

void kernel(void)
{
    volatile uint8_t *picture = *(uint8_t *volatile *)0x500;
    uint32_t line = *(volatile uint32_t *)0x504;

    paging((uint32_t)picture);
    print("paging is on, drawing ... ");
    for (uint32_t y = 0; y < 480; y++)
        for (uint32_t x = 0; x < 1920; x++)
            picture[y * line + x] = (uint8_t)(x + y);
    print("the picture is done");
}
