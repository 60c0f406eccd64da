/* 11-syscall.c - a program in ring 3 that prints by SYSCALL */
#include "ring3.h"

extern void syscall_entry(void), invalid(void);
static struct gate idt[256];
static uint8_t kernel_stack[8192] __attribute__((aligned(16)));
static uint8_t user_stack[8192] __attribute__((aligned(16)));

static void write_msr(uint32_t msr, uint64_t value)
{
    __asm__ volatile("wrmsr" : : "c"(msr), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)));
}

void on_syscall(const char *text)
{
    print(text);
}

void on_invalid(void)
{
    print("panic: exception 6");
    for (;;)
        __asm__ volatile("cli\n\thlt");
}

static void program(void)
{
    __asm__ volatile("syscall" : : "D"("hello from ring 3") : "rcx", "r11", "rax", "memory");
    for (;;)
        ;
}

void kernel(void)
{
    load_gdt(kernel_stack + sizeof(kernel_stack));
    set_gate(&idt[6], invalid, 8, 0x8e);
    load_idt(idt, sizeof(idt));
    open_pages_to_user();
#ifdef MENDED
    write_msr(0xc0000080, 0xd01); /* EFER: NXE, LMA, LME, SCE */
#endif
    write_msr(0xc0000081, 0x0013000800000000);      /* STAR */
    write_msr(0xc0000082, (uint64_t)syscall_entry); /* LSTAR */
    write_msr(0xc0000084, RFLAGS_IF);
    enter_user(program, user_stack + sizeof(user_stack), 2);
}
