/* A kernel with a picture of 300 KiB in it; the copy to the stick was cut short. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: cli; hlt; jmp 1b\n .text\n"
        ".section .rodata\n .globl picture\n picture: .fill 300 * 1024 / 4, 4, 0x12345678\n .text");

extern const volatile uint8_t picture[];

void kmain(void)
{
    unsigned long sum = 0;

    for (unsigned i = 0; i < 300 * 1024; i++)
        sum += picture[i];
    print("picture's sum ");
    print_number(sum);
    print("\n");
}
