/* Two coroutines with stacks of their own, in the upper half, without an identity mapping. */
#define SCREEN 0xffffffff800b8000
#include "idt.h"

#define BASE 0xffffffff80000000

__asm__(".section .text.start\n"
        ".globl start\n"
        "start: mov $stacks + 4096, %rsp\n"
        "call kernel\n"
        ".text\n"
        "switch_to:\n" /* (uint64_t *from, uint64_t to) */
        "push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n push %r15\n"
        "mov %rsp, (%rdi)\n"
        "mov %rsi, %rsp\n"
        "pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n pop %rbx\n"
        "ret");

void switch_to(uint64_t *from, uint64_t to);

__attribute__((used)) uint64_t stacks[3][512] __attribute__((aligned(16)));
static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t pd[512] __attribute__((aligned(4096)));
static uint64_t gdt[] = {0, 0, 0, 0x00af9a000000ffff};
static uint64_t saved[3];
static volatile unsigned ticks;

struct interrupt_frame;

__attribute__((interrupt)) static void timer(struct interrupt_frame *frame)
{
    (void)frame;
    ticks++;
    outb(0x20, 0x20);
}

static void leave_low_half(void)
{
    const struct {
        uint16_t limit;
        uint64_t base;
    } __attribute__((packed)) gdtr = {sizeof gdt - 1, (uint64_t)gdt};

    for (uint64_t i = 0; i < 512; i++)
        pd[i] = i << 21 | 0x83;
    pdpt[510] = ((uint64_t)pd - BASE) | 3;
    pml4[511] = ((uint64_t)pdpt - BASE) | 3;
    __asm__ volatile("lgdt %0\n"
                     "mov %1, %%cr3\n"
                     "push $0x18\n"
                     "push $1f\n"
                     "lretq\n"
                     "1: xor %%eax, %%eax\n"
                     "mov %%eax, %%ss\n"
                     "mov %%eax, %%ds\n"
                     "mov %%eax, %%es"
                     :
                     : "m"(gdtr), "r"((uint64_t)pml4 - BASE)
                     : "rax", "memory");
}

static void ping(void)
{
    for (int i = 0; i < 3; i++) {
        print("ping ");
        switch_to(&saved[1], saved[2]);
    }
    print("\n");
    switch_to(&saved[1], saved[0]);
}

static void pong(void)
{
    for (;;) {
        print("pong ");
        switch_to(&saved[2], saved[1]);
    }
}

static void create(int number, void (*function)(void))
{
    uint64_t *top = &stacks[number][510];

    *--top = (uint64_t)function;
    saved[number] = (uint64_t)(top - 6);
}

void kernel(void);

void kernel(void)
{
    leave_low_half();
    create(1, ping);
    create(2, pong);
    switch_to(&saved[0], saved[1]);
    set_gate(32, timer, 0);
    load_idt();
    start_timer();
    print("idle, counting ticks\n");
    __asm__ volatile("sti");
    for (;;)
        __asm__ volatile("hlt");
}
