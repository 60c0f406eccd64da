/*
 * Sound: a kernel in the upper half that looks for primes without end, with interrupts off.  It prints a
 * line now and then, and a busy loop is all that it does in between.
 */
#include "console.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static int is_prime(unsigned n)
{
    for (unsigned d = 2; d * d <= n; d++)
        if (n % d == 0)
            return 0;
    return 1;
}

void kernel(const struct boot_info *info)
{
    unsigned found = 0;

    console_start(info);
    for (unsigned n = 2;; n++) {
        found += is_prime(n);
        if (n % 200000 == 0) {
            print_number(found);
            print(" primes up to ");
            print_number(n);
            print("\n");
        }
    }
}
