/*
 * Sound: its own page tables and IDT, and three exceptions that it provokes and handles: INT3, #UD (the
 * handler skips UD2) and a page fault (the handler maps the page).  Then it halts.
 *
 * The frame that a handler changes is volatile: for GCC 14 nobody reads it after the handler's end, so it
 * would leave the change out.
 */
#include "console.h"
#include "interrupts.h"

#define PRESENT_WRITABLE 3
#define HUGE 0x80

__asm__(".section .text.start\n start: call kernel\n .text");

static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t directory[512] __attribute__((aligned(4096)));

__attribute__((interrupt)) static void on_breakpoint(struct frame *frame)
{
    (void)frame;
    print("breakpoint, ");
}

__attribute__((interrupt)) static void on_invalid_opcode(volatile struct frame *frame)
{
    print("invalid opcode, ");
    frame->rip += 2;
}

__attribute__((interrupt)) static void on_page_fault(struct frame *frame, uint64_t error)
{
    uint64_t address;

    (void)frame;
    (void)error;
    __asm__ volatile("mov %%cr2, %0" : "=r"(address));
    print("page fault, ");
    directory[address >> 21 & 511] = 0x200000 | HUGE | PRESENT_WRITABLE;
}

void kernel(const struct boot_info *info)
{
    volatile int *unmapped = (int *)0x30000000;

    console_start(info);
    pml4[0] = (uint64_t)pdpt | PRESENT_WRITABLE;
    pdpt[0] = (uint64_t)directory | PRESENT_WRITABLE;
    for (uint64_t i = 0; i < 4; i++) /* 8 MiB */
        directory[i] = i << 21 | HUGE | PRESENT_WRITABLE;
    __asm__ volatile("mov %0, %%cr3" : : "r"(pml4) : "memory");
    idt_set(3, on_breakpoint);
    idt_set(6, on_invalid_opcode);
    idt_set(14, on_page_fault);
    idt_load();

    print("Handled: ");
    __asm__ volatile("int3");
    __asm__ volatile("ud2");
    *unmapped = 42;
    print(*unmapped == 42 ? "done.\n" : "but the page is wrong.\n");
    halt();
}
