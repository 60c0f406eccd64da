/* 09-ring3.c - a task in ring 3: it prints by INT 80h, and then it only works */
#include "desc.h"

void kernel(void);
extern void syscall(void);

struct __attribute__((packed)) tss {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t ist[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t iomap;
};

static struct tss tss;
static struct gate idt[129];
static uint8_t kernel_stack[4096] __attribute__((aligned(16)));
static uint8_t user_stack[4096] __attribute__((aligned(16)));
static uint64_t gdt[] = {
    0,
    0x00cf92000000ffff, /* 08h: kernel data */
    0x00cff2000000ffff, /* 10h: user data */
    0x00affa000000ffff, /* 18h: user code */
    0,
    0,                  /* 20h: the TSS */
    0x00af9a000000ffff, /* 30h: kernel code */
};

__asm__(".text\n"
        "syscall: push %rax\n push %rcx\n push %rdx\n push %rsi\n push %rdi\n"
        "      push %r8\n push %r9\n push %r10\n push %r11\n"
        "      cld\n"
        "      call on_syscall\n"
        "      pop %r11\n pop %r10\n pop %r9\n pop %r8\n"
        "      pop %rdi\n pop %rsi\n pop %rdx\n pop %rcx\n pop %rax\n"
        "      iretq\n");

__attribute__((used)) void on_syscall(const char *text)
{
    print(text);
}

static void task(void)
{
    volatile unsigned work = 0;

    __asm__ volatile("int $0x80" : : "D"("ring 3 says hello") : "memory");
    for (;;)
        work = work * 5 + 1;
}

static void open_pages(void)
{
    uint64_t *pml4, *pdpt, *pd;

    __asm__ volatile("movq %%cr3, %0" : "=r"(pml4));
    pml4[0] |= 4;
    pdpt = (uint64_t *)(pml4[0] & 0xfffff000);
    pdpt[0] |= 4;
    pd = (uint64_t *)(pdpt[0] & 0xfffff000);
    for (int i = 0; i < 512; i++)
        pd[i] |= 4;
    __asm__ volatile("movq %0, %%cr3" : : "r"(pml4) : "memory");
}

void kernel(void)
{
    struct table gdtr = {sizeof gdt - 1, (uint64_t)gdt};
    uint64_t base = (uint64_t)&tss;

    tss.rsp[0] = (uint64_t)(kernel_stack + sizeof kernel_stack);
    tss.iomap = sizeof tss;
    gdt[4] = (sizeof tss - 1) | (base & 0xffffff) << 16 | 0x89ull << 40;
    gdt[5] = base >> 32;
    set_gate(&idt[0x80], syscall, 0x30, 0xee);
    load_idt(idt, sizeof idt);
    open_pages();
    __asm__ volatile("lgdt %0" : : "m"(gdtr));
    __asm__ volatile("ltr %w0" : : "r"(0x20));
    __asm__ volatile("pushq $0x13\n"
                     "pushq %0\n"
                     "pushq $2\n"
                     "pushq $0x1b\n"
                     "pushq %1\n"
                     "iretq"
                     :
                     : "r"((uint64_t)(user_stack + sizeof user_stack - 8)), "r"(task)
                     : "memory");
}
