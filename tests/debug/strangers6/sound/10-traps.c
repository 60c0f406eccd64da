/* Exceptions on purpose: breakpoint, invalid opcode, division by zero and a system call. */
#include "kit.h"

BEGIN_WITH(kmain);

static struct gate idt[256];
static int seen;

/* Each stub gives the place of the return address, so that a fault can be stepped over. */
#define TRAP(name, number) \
    void name(void); \
    __asm__(#name ": push %rax; push %rcx; push %rdx; push %rsi; push %rdi\n" \
                  " push %r8; push %r9; push %r10; push %r11; cld\n" \
                  " mov $" #number ", %edi; lea 72(%rsp), %rsi; call trap\n" \
                  " pop %r11; pop %r10; pop %r9; pop %r8\n" \
                  " pop %rdi; pop %rsi; pop %rdx; pop %rcx; pop %rax; iretq")

void trap(int vector, uint64_t *rip)
{
    seen++;
    say(vector == 0 ? "#DE " : vector == 3 ? "#BP " : vector == 6 ? "#UD " : "int 80h ");
    if (vector == 0 || vector == 6)
        *rip += 2; /* over "div %cl" or "ud2" */
}

TRAP(divide, 0);
TRAP(breakpoint, 3);
TRAP(opcode, 6);
TRAP(call, 128);

void kmain(void)
{
    set_gate(&idt[0], divide, code_segment(), 0x8e);
    set_gate(&idt[3], breakpoint, code_segment(), 0x8f);
    set_gate(&idt[6], opcode, code_segment(), 0x8e);
    set_gate(&idt[0x80], call, code_segment(), 0xee);
    load_idt(idt, sizeof idt);
    __asm__ volatile("int3");
    __asm__ volatile("ud2");
    __asm__ volatile("div %%cl" : : "a"(1), "c"(0) : "cc");
    __asm__ volatile("int $0x80");
    say(seen == 4 ? "\nfour traps, all caught\n" : "\nsome are missing\n");
    for (;;)
        __asm__ volatile("hlt");
}
