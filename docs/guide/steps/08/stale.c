/* stale.c - changes an entry that the CPU still remembers: wrong */
#include <stdint.h>

#include "layout.h"

#define FLAGS 3 /* present, writable */
#define WINDOW 0x8000000000

typedef volatile uint64_t table[512];

static table pdpt, pd, pt, frame __attribute__((aligned(4096)));

static __attribute__((noinline)) void write_letter(void)
{
    *(volatile uint16_t *)WINDOW = 0x2f50;
}

static __attribute__((noinline)) void stop(void)
{
    for (;;)
        __asm__ volatile("hlt");
}

__attribute__((section(".text.start"))) void start(void);

void start(void)
{
    pt[0] = (uint64_t)frame | FLAGS;
    pd[0] = (uint64_t)pt | FLAGS;
    pdpt[0] = (uint64_t)pd | FLAGS;
    ((volatile uint64_t *)PAGE_TABLES_ADDRESS)[1] = (uint64_t)pdpt | FLAGS;
    write_letter(); /* into `frame` */

    pt[0] = VGA_TEXT_ADDRESS | FLAGS;
    write_letter(); /* onto the screen, one would think */

    __asm__ volatile("invlpg (%0)" : : "r"(WINDOW) : "memory");
    write_letter();
    stop();
}
