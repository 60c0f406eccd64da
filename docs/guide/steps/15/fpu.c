/* fpu.c - two exceptions by which a kernel learns that somebody computes with real numbers. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

struct frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

struct gate {
    uint16_t offset_low, selector;
    uint8_t ist, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct __attribute__((packed)) table_pointer {
    uint16_t limit;
    void *base;
};

static struct gate idt[32];
static volatile uint16_t *cell = (volatile uint16_t *)0xb8000;

static void set_gate(unsigned vector, uint64_t handler)
{
    idt[vector] = (struct gate){(uint16_t)handler, 0x28, 0, 0x8e, (uint16_t)(handler >> 16),
                                (uint32_t)(handler >> 32), 0};
}

__attribute__((interrupt)) static void on_no_device(struct frame *frame)
{
    (void)frame;                        /* RIP is that of the instruction: it runs again */
    *cell++ = 0x0f00 | 'N';
    __asm__ volatile("clts");           /* a real kernel fetches the task's registers here */
}

__attribute__((interrupt)) static void on_invalid_opcode(struct frame *frame)
{
    *cell++ = 0x0f00 | 'U';
    /* skips the three bytes of MOVAPS; volatile: the compiler does not know that IRET reads it */
    ((volatile struct frame *)frame)->rip += 3;
}

void kernel(void)
{
    uint64_t cr0;

    set_gate(6, (uint64_t)on_invalid_opcode);
    set_gate(7, (uint64_t)on_no_device);
    struct table_pointer pointer = {sizeof idt - 1, idt};
    __asm__ volatile("lidt %0" : : "m"(pointer));

    __asm__ volatile("mov %%cr0, %0" : "=r"(cr0));
    __asm__ volatile("mov %0, %%cr0" : : "r"(cr0 | 8) : "memory");    /* TS: ask me first */
    __asm__ volatile("fldpi" : : : "memory");           /* x87: #NM, once */
    __asm__ volatile("fldpi" : : : "memory");           /* and not again */
    __asm__ volatile("movaps %%xmm0, %%xmm0" : : : "memory");   /* SSE, and CR4.OSFXSR is 0: #UD */
    *cell++ = 0x0f00 | '.';
    for (;;)
        __asm__ volatile("hlt");
}
