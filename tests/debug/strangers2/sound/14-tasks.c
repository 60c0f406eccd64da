/* Two endless loops in ring 3, which the timer takes turns with. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: lea kernel_stack+4096(%rip), %rsp; call kmain\n .text");

uint8_t kernel_stack[4096] __attribute__((aligned(16)));
static uint8_t interrupt_stack[4096] __attribute__((aligned(16)));
static uint64_t gdt[7] = {0, 0x00af9a000000ffff, 0x00cf92000000ffff, 0x00affa000000ffff, 0x00cff2000000ffff};
static uint32_t tss[26];
static uint64_t idt[256][2];
static uint8_t stacks[2][2048] __attribute__((aligned(16)));
static uint64_t pml4[512] __attribute__((aligned(4096)));
static uint64_t pdpt[512] __attribute__((aligned(4096)));
static uint64_t pd[512] __attribute__((aligned(4096)));
volatile uint64_t work[2];
static int current;
static unsigned switches;

struct context {
    uint64_t registers[15];
    uint64_t rip, cs, rflags, rsp, ss;
};
static struct context saved[2];

static void task0(void) { for (;;) work[0]++; }
static void task1(void) { for (;;) work[1]++; }

void on_timer(struct context *context)
{
    saved[current] = *context;
    current = !current;
    *context = saved[current];
    if (++switches % 50 == 0)
        print(work[0] && work[1] ? "both run\n" : "one starves\n");
    outb(0x20, 0x20);
}

extern char timer_stub[];
__asm__("timer_stub: push %rax; push %rbx; push %rcx; push %rdx; push %rsi; push %rdi; push %rbp; push %r8;"
        "push %r9; push %r10; push %r11; push %r12; push %r13; push %r14; push %r15; cld; mov %rsp, %rdi;"
        "call on_timer; pop %r15; pop %r14; pop %r13; pop %r12; pop %r11; pop %r10; pop %r9; pop %r8;"
        "pop %rbp; pop %rdi; pop %rsi; pop %rdx; pop %rcx; pop %rbx; pop %rax; iretq");

struct pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

static void load_tables(void)
{
    uint64_t base = (uint64_t)tss, stub = (uint64_t)timer_stub;
    struct pointer gdtr = {sizeof gdt - 1, (uint64_t)gdt}, idtr = {sizeof idt - 1, (uint64_t)idt};

    *(uint64_t *)((char *)tss + 4) = (uint64_t)(interrupt_stack + sizeof interrupt_stack);
    gdt[5] = (sizeof tss - 1) | (base & 0xffffff) << 16 | 0x89ULL << 40 | (base >> 24 & 0xff) << 56;
    gdt[6] = base >> 32;
    idt[0x20][0] = (stub & 0xffff) | 8 << 16 | 0x8eULL << 40 | (stub >> 16 & 0xffff) << 48;
    idt[0x20][1] = stub >> 32;
    __asm__ volatile("lgdt %0; lidt %1" : : "m"(gdtr), "m"(idtr));
    __asm__ volatile("pushq $8; leaq 1f(%%rip), %%rax; pushq %%rax; lretq; 1: mov %0, %%ds; mov %0, %%es;"
                     "mov %0, %%ss; ltr %1" : : "r"(0x10), "r"((uint16_t)0x28) : "rax", "memory");
}

static void load_pages(void)
{
    pml4[0] = (uint64_t)pdpt | 7;
    pdpt[0] = (uint64_t)pd | 7;
    for (uint64_t i = 0; i < 512; i++)
        pd[i] = i << 21 | 0x87;
    __asm__ volatile("mov %0, %%cr3" : : "r"(pml4) : "memory");
}

void kmain(void)
{
    load_tables();
    load_pages();
    for (int i = 0; i < 2; i++)
        saved[i] = (struct context){.rip = (uint64_t)(i ? task1 : task0), .cs = 0x1b, .rflags = 0x202,
                                    .rsp = (uint64_t)(stacks[i] + sizeof stacks[i] - 8), .ss = 0x23};
    pic_remap(0xfe);
    pit_hz(100);
    print("two tasks\n");
    __asm__ volatile("pushq $0x23; pushq %0; pushq $0x202; pushq $0x1b; pushq %1; iretq"
                     : : "r"(saved[0].rsp), "r"(saved[0].rip));
    __builtin_unreachable();
}
