/* kernel at 1 MiB: sums a table of primes up to 64 K that was made at compile time */
#include "common.h"

__asm__(".section .text.start\n .globl start\n start: call kmain\n 1: cli; hlt; jmp 1b\n .text");

#define ROW 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59
#define ROW16 ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW, ROW
static const volatile uint32_t weights[] = {ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16,
    ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16,
    ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16, ROW16};

void kmain(void)
{
    unsigned long sum = 0;

    for (unsigned i = 0; i < sizeof weights / sizeof weights[0]; i++)
        sum += weights[i];
    print("kernel at 1 MiB, sum ");
    print_number(sum);
    print("\n");
}
