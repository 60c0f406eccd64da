/* red-zone.c - keeps a value below RSP, and loses it to an exception. */
#include <stdint.h>

void kernel(void);
void handler(void);
uint64_t value_after_an_exception(void);

__asm__(".section .text.start\n call kernel\n .text\n"
        "handler:\n iretq\n"
        "value_after_an_exception:\n"
        " movq $42, -16(%rsp)\n" /* in the red zone: nothing has moved RSP */
        " int3\n"
        " movq -16(%rsp), %rax\n"
        " ret\n");

static struct __attribute__((packed)) gate {
    uint16_t offset_low, selector, type, offset_middle;
    uint32_t offset_high, zero;
} idt[4];

volatile uint64_t value;

void kernel(void)
{
    uint64_t address = (uint64_t)handler;
    struct __attribute__((packed)) { uint16_t limit; struct gate *base; } idtr = {sizeof idt - 1, idt};
    uint16_t cs;

    __asm__("mov %%cs, %0" : "=r"(cs));
    idt[3] = (struct gate){(uint16_t)address, cs, 0x8e00, (uint16_t)(address >> 16),
                           (uint32_t)(address >> 32), 0};
    __asm__ volatile("lidt %0" : : "m"(idtr), "m"(idt));
    value = value_after_an_exception();
    for (;;)
        __asm__ volatile("hlt");
}
