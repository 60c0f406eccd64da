/* 06-gran.c - a 32-bit kernel at 1 MiB */
#include "io.h"

__asm__(".section .text.start, \"ax\"\n\tcall kernel\n1:\thlt\n\tjmp 1b\n\t.text");

void kernel(void)
{
    print("kernel runs at 1 MiB");
}
