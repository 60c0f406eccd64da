/*
 * WRONG: CR3 wants a physical address, but this kernel is linked in the upper half and loads it with
 * the address of `pml4` as C knows it, FFFFFFFF802xxxxxh.  Its upper bits are reserved in CR3: a PC
 * raises #GP and, without an IDT, resets; QEMU 7.2 executes the instruction again and again.
 */
#include "console.h"

#define UPPER 0xffffffff80000000UL
#define PRESENT_WRITABLE 3
#define HUGE 0x80

__asm__(".section .text.start\n start: call kernel\n .text");

static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t directory[512] __attribute__((aligned(4096)));

void kernel(const struct boot_info *info)
{
    console_start(info);
    print("Setting up paging...\n");
    for (uint64_t i = 0; i < 512; i++)
        directory[i] = i << 21 | HUGE | PRESENT_WRITABLE;
    pdpt[0] = pdpt[510] = ((uint64_t)directory - UPPER) | PRESENT_WRITABLE;
    pml4[0] = pml4[511] = ((uint64_t)pdpt - UPPER) | PRESENT_WRITABLE;
    __asm__ volatile("mov %0, %%cr3" : : "r"(pml4) : "memory");
    print("Paging is on.\n");
    halt();
}
