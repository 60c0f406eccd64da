/* read-only.c - stores to a page that may not be written, twice: without CR0.WP, then with it */
#include <stdint.h>

#include "layout.h"

#define PRESENT 1
#define WRITABLE 2
#define WRITE_PROTECT (1 << 16) /* CR0.WP */
#define WINDOW 0x8000000000

typedef volatile uint64_t table[512];

static table pdpt, pd, pt __attribute__((aligned(4096)));

static __attribute__((noinline)) void write_letter(uint16_t cell)
{
    *(volatile uint16_t *)WINDOW = cell;
}

static void protect_from_ring_0(void)
{
    uint64_t cr0;

    __asm__ volatile("mov %%cr0, %0" : "=r"(cr0));
    __asm__ volatile("mov %0, %%cr0" : : "r"(cr0 | WRITE_PROTECT));
}

__attribute__((section(".text.start"))) void start(void);

void start(void)
{
    pt[0] = VGA_TEXT_ADDRESS | PRESENT; /* WRITABLE on three levels, and not on the fourth */
    pd[0] = (uint64_t)pt | PRESENT | WRITABLE;
    pdpt[0] = (uint64_t)pd | PRESENT | WRITABLE;
    ((volatile uint64_t *)PAGE_TABLES_ADDRESS)[1] = (uint64_t)pdpt | PRESENT | WRITABLE;

    write_letter(0x2f50); /* a P on green: ring 0 may */
    protect_from_ring_0();
    write_letter(0x2f51); /* a Q: nobody may */
    for (;;)
        __asm__ volatile("hlt");
}
