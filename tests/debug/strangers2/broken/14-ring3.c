/* Goes to ring 3 and comes back with a system call. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: hlt; jmp 1b\n .text");

static uint64_t gdt[7] = {
    0, 0x00af9a000000ffff, 0x00cf92000000ffff, /* kernel: 08h, 10h */
    0x00affa000000ffff, 0x00cff2000000ffff,    /* user: 18h, 20h */
};
static uint32_t tss[26];
static uint64_t idt[256][2];
static uint8_t kernel_stack[4096] __attribute__((aligned(16)));
static uint8_t user_stack[4096] __attribute__((aligned(16)));

struct pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

void on_syscall(void)
{
    print("system call from ring 3\n");
}

extern char syscall_stub[], user_program[];
__asm__("syscall_stub: push %rax; push %rcx; push %rdx; push %rsi; push %rdi; push %r8; push %r9;"
        "push %r10; push %r11; cld; call on_syscall; pop %r11; pop %r10; pop %r9; pop %r8; pop %rdi;"
        "pop %rsi; pop %rdx; pop %rcx; pop %rax; iretq\n"
        "user_program: int $0x80; 1: jmp 1b");

static void load_tables(void)
{
    uint64_t base = (uint64_t)tss, stub = (uint64_t)syscall_stub;
    struct pointer gdtr = {sizeof gdt - 1, (uint64_t)gdt}, idtr = {sizeof idt - 1, (uint64_t)idt};

    *(uint64_t *)((char *)tss + 4) = (uint64_t)(kernel_stack + sizeof kernel_stack);
    gdt[5] = (sizeof tss - 1) | (base & 0xffffff) << 16 | 0x89ULL << 40 | (base >> 24 & 0xff) << 56;
    gdt[6] = base >> 32;
    idt[0x80][0] = (stub & 0xffff) | 8 << 16 | 0xeeULL << 40 | (stub >> 16 & 0xffff) << 48;
    idt[0x80][1] = stub >> 32;
    __asm__ volatile("lgdt %0; lidt %1" : : "m"(gdtr), "m"(idtr));
    __asm__ volatile("pushq $8; leaq 1f(%%rip), %%rax; pushq %%rax; lretq; 1: mov %0, %%ds; mov %0, %%es;"
                     "mov %0, %%ss; ltr %1" : : "r"(0x10), "r"((uint16_t)0x28) : "rax", "memory");
}

#ifdef MENDED
/* The loader's 2 MiB pages are for ring 0: let ring 3 in. */
static void open_pages(void)
{
    uint64_t *pml4, *pdpt, *pd;

    __asm__ volatile("mov %%cr3, %0" : "=r"(pml4));
    pml4[0] |= 4;
    pdpt = (uint64_t *)(pml4[0] & ~0xfffULL);
    pdpt[0] |= 4;
    pd = (uint64_t *)(pdpt[0] & ~0xfffULL);
    pd[0] |= 4;
    __asm__ volatile("mov %0, %%cr3" : : "r"(pml4) : "memory");
}
#endif

void kmain(void)
{
    load_tables();
#ifdef MENDED
    open_pages();
#endif
    print("entering ring 3\n");
    __asm__ volatile("pushq $0x23; pushq %0; pushq $2; pushq $0x1b; pushq %1; iretq"
                     : : "r"((uint64_t)(user_stack + sizeof user_stack)), "r"((uint64_t)user_program));
}
