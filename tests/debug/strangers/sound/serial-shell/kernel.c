/* Sound: a prompt on COM1 that waits for input by polling, without interrupts and without HLT. */
#include "console.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static char read_char(void)
{
    while (!(in8(0x3fd) & 1))
        __asm__ volatile("pause");
    return in8(0x3f8);
}

void kernel(const struct boot_info *info)
{
    console_start(info);
    print("Tiny shell. Keys are echoed.\n> ");
    for (;;) {
        char c = read_char();

        print_char(c == '\r' ? '\n' : c);
        if (c == '\r')
            print("> ");
    }
}
