/* page-fault.c - a store to a page that is not there, and a handler that puts it there. */
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
static volatile uint64_t address, error;

__attribute__((interrupt)) static void on_page_fault(struct frame *frame, uint64_t error_code)
{
    uint64_t cr2, cr3;

    (void)frame;                        /* RIP is that of the store: it runs again */
    __asm__ volatile("mov %%cr2, %0" : "=r"(cr2));
    __asm__ volatile("mov %%cr3, %0" : "=r"(cr3));
    address = cr2;
    error = error_code;
    ((volatile uint64_t *)cr3)[1] = ((volatile uint64_t *)cr3)[0];  /* 512 GiB looks like 0 now */
}

void kernel(void)
{
    uint64_t handler = (uint64_t)on_page_fault;

    idt[14] = (struct gate){(uint16_t)handler, 0x28, 0, 0x8e, (uint16_t)(handler >> 16),
                            (uint32_t)(handler >> 32), 0};
    struct table_pointer pointer = {sizeof idt - 1, idt};
    __asm__ volatile("lidt %0" : : "m"(pointer));

    *(volatile uint16_t *)0x80000b8000 = 0x0f00 | 'P';      /* 512 GiB + B8000h */
    for (;;)
        __asm__ volatile("hlt");
}
