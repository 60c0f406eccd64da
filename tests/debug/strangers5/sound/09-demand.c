/* 09-demand.c - memory that gets its pages when it is touched, in #PF; and a probe of an address
 * that has none, from which the handler leads to a place that says so */
#include "desc.h"

#define ARENA 0x400000000000
#define PAGES 64

extern void page_fault(void);
extern int probe(const void *address); /* 0 if it cannot be read */
extern char probe_load[], probe_failed[];
static struct gate idt[256];
static uint8_t pool[PAGES + 3][4096] __attribute__((aligned(4096)));
static unsigned used, faults;

static uint64_t *table_below(uint64_t *entry)
{
    if (!(*entry & 1))
        *entry = (uint64_t)pool[used++] | 3;
    return (uint64_t *)(*entry & 0xffffffffff000);
}

void on_page_fault(uint64_t rdi, uint64_t *frame)
{
    uint64_t address, cr3, *table;

    (void)rdi;
    faults++;
    if (frame[0] == (uint64_t)probe_load) {
        frame[0] = (uint64_t)probe_failed;
        return;
    }
    __asm__ volatile("movq %%cr2, %0" : "=r"(address));
    __asm__ volatile("movq %%cr3, %0" : "=r"(cr3));
    table = (uint64_t *)(cr3 & ~0xfffULL);
    for (int shift = 39; shift > 12; shift -= 9)
        table = table_below(&table[address >> shift & 511]);
    table[address >> 12 & 511] = (uint64_t)pool[used++] | 3;
}

void kernel(void)
{
    volatile uint64_t *arena = (uint64_t *)ARENA;
    uint64_t sum = 0;

    set_gate(&idt[14], page_fault, 0x28, 0x8e);
    load_idt(idt, sizeof(idt));
    for (unsigned page = 0; page < PAGES; page++)
        arena[page * 512] = page;
    for (unsigned page = 0; page < PAGES; page++)
        sum += arena[page * 512];
    if (sum == PAGES * (PAGES - 1) / 2 && faults == PAGES && !probe((void *)0x500000000000) &&
        probe(kernel))
        print("64 pages on demand, and one probe that found nothing");
    for (;;)
        __asm__ volatile("hlt");
}
