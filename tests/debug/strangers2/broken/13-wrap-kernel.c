/* The kernel grew over 64 KiB when the font came in. */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: jmp kmain\n .text\n"
        ".section .rodata\n .globl font\n font: .fill 76 * 1024, 1, 0xff\n .text");

extern const volatile uint8_t font[];

void kmain(void)
{
    print(font[1234] == 0xff ? "font loaded\n" : "font missing\n");
    for (;;)
        __asm__ volatile("cli; hlt");
}
