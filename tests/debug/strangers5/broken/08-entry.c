/* 08-entry.c - paging with one page table for the first 4 MiB, entries as bit fields */
#include "io.h"

__asm__(".section .text.start, \"ax\"\n\tcall kernel\n1:\thlt\n\tjmp 1b\n\t.text");

struct __attribute__((packed)) directory_entry {
    uint32_t present : 1;
    uint32_t rw : 1;
    uint32_t user : 1;
    uint32_t write_through : 1;
    uint32_t cache_disabled : 1;
    uint32_t accessed : 1;
    uint32_t reserved : 1;
#ifdef MENDED
    uint32_t zero : 5;
#else
    uint32_t zero : 5; /* must be zero */
    uint32_t available : 7;
#endif
    uint32_t frame : 20;
};

static struct directory_entry directory[1024] __attribute__((aligned(4096)));
static uint32_t table[1024] __attribute__((aligned(4096)));

void kernel(void)
{
    for (uint32_t page = 0; page < 1024; page++)
        table[page] = page << 12 | 3;
    directory[0].frame = (uint32_t)table >> 12;
    directory[0].rw = 1;
    directory[0].present = 1;
    print("turning paging on ... ");
    __asm__ volatile("movl %0, %%cr3\n\tmovl %%cr0, %%eax\n\torl $0x80000000, %%eax\n\t"
                     "movl %%eax, %%cr0"
                     :
                     : "r"(directory)
                     : "eax", "memory");
    print("paging is on");
}
