/* A Multiboot kernel, started by GRUB. */
#include "pc.h"

__attribute__((section(".multiboot"), used)) static const uint32_t header[] = {0x1badb002, 0,
                                                                               0xe4524ffe};

__asm__(
    ".globl _start\n_start: movl $stack + 8192, %esp\n push %ebx\n push %eax\n call kernel_main\n"
    "1: cli\n hlt\n jmp 1b");

__attribute__((used)) uint8_t stack[8192] __attribute__((aligned(16)));

void kernel_main(uint32_t magic, uint32_t info);

void kernel_main(uint32_t magic, uint32_t info)
{
    (void)info;
    print(magic == 0x2badb002 ? "hello from a multiboot kernel\n" : "not by multiboot\n");
}
