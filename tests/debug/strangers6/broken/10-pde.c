/* Turns paging on: 4 MiB mapped to themselves by one page table. */
#include "kit.h"

BEGIN_WITH(kernel_main);

#ifdef MENDED
#define RESERVED 5
#else
#define RESERVED 12
#endif

typedef struct {
    uint32_t present : 1;
    uint32_t rw : 1;
    uint32_t user : 1;
    uint32_t write_through : 1;
    uint32_t cache_disabled : 1;
    uint32_t accessed : 1;
    uint32_t dirty : 1;
    uint32_t reserved : RESERVED;
    uint32_t frame : 20; /* of the page table, or of the page */
} __attribute__((packed)) entry_t;

static entry_t directory[1024] __attribute__((aligned(4096)));
static entry_t table[1024] __attribute__((aligned(4096)));

static void map(entry_t *entry, uint32_t address)
{
    entry->present = 1;
    entry->rw = 1;
    entry->frame = address >> 12;
}

void kernel_main(void)
{
    uint32_t cr0;

    say("turning paging on\n");
    for (uint32_t i = 0; i < 1024; i++)
        map(&table[i], i * 4096);
    map(&directory[0], (uint32_t)table);
    __asm__ volatile("mov %0, %%cr3" : : "r"(directory) : "memory");
    __asm__ volatile("mov %%cr0, %0" : "=r"(cr0));
    __asm__ volatile("mov %0, %%cr0" : : "r"(cr0 | 0x80000000u) : "memory");
    say("paging is on\n");
    for (;;)
        __asm__ volatile("hlt");
}
