/* window.c - a second address for the screen's memory: one entry in each of four tables */
#include <stdint.h>

#include "layout.h"

#define PRESENT 1
#define WRITABLE 2
#define WINDOW 0x8000000000 /* entry 1 of the PML4, and entry 0 of the other three */

/* volatile: the compiler must store here in this order, although nothing here reads it */
typedef volatile uint64_t table[512];

static table pdpt, pd, pt __attribute__((aligned(4096)));

static __attribute__((noinline)) void stop(void)
{
    for (;;)
        __asm__ volatile("hlt");
}

__attribute__((section(".text.start"))) void start(void);

void start(void)
{
    volatile uint64_t *pml4 = (volatile uint64_t *)PAGE_TABLES_ADDRESS; /* the loader's */

    pt[0] = VGA_TEXT_ADDRESS | PRESENT | WRITABLE;
    pd[0] = (uint64_t)pt | PRESENT | WRITABLE;
    pdpt[0] = (uint64_t)pd | PRESENT | WRITABLE;
    pml4[1] = (uint64_t)pdpt | PRESENT | WRITABLE;

    *(volatile uint16_t *)WINDOW = 0x2f50; /* a P on green */
    stop();
}
