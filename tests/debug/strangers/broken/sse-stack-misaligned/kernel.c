/*
 * WRONG: the entry jumps to kernel() instead of calling it, so the stack is 8 bytes off from what a
 * C function expects.  SSE is switched on, and the first MOVAPS to the stack is a #GP.
 */
#include "console.h"

__asm__(".section .text.start\n"
        "start: mov %cr4, %rax\n"
        "or $0x600, %rax\n" /* OSFXSR, OSXMMEXCPT */
        "mov %rax, %cr4\n"
        "jmp kernel\n"
        ".text");

/* of an upper triangular matrix */
__attribute__((noipa)) static float determinant(const float *matrix)
{
    return matrix[0] * matrix[5] * matrix[10] * matrix[15];
}

void kernel(const struct boot_info *info)
{
    float matrix[16] = {
        2.0f, 1.0f, 0.0f, 4.0f, /**/ 0.0f, 3.0f, 5.0f, 1.0f,
        0.0f, 0.0f, 7.0f, 2.0f, /**/ 0.0f, 0.0f, 0.0f, 1.0f,
    };

    console_start(info);
    print("The determinant is ");
    print_number((unsigned)determinant(matrix));
    print("\n");
    halt();
}
