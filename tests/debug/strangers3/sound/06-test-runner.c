/* Tests in the guest that tell QEMU's isa-debug-exit how they ended; without this device, they halt. */
#include "pc.h"

__asm__(".section .text.start\n start: call kernel\n .text");

static int test_addition(void)
{
    volatile int two = 2;

    return two + two == 4;
}

static int test_strings(void)
{
    const char *volatile a = "boot";

    return a[0] == 'b' && a[4] == '\0';
}

static int (*const tests[])(void) = {test_addition, test_strings};

void kernel(void);

void kernel(void)
{
    unsigned failed = 0;

    print("running 2 tests\n");
    for (unsigned i = 0; i < 2; i++) {
        unsigned ok = tests[i]() != 0;

        failed += !ok;
        print(ok ? "test ... [ok]\n" : "test ... [failed]\n");
    }
    __asm__ volatile("outl %0, %w1" : : "a"(failed ? 0x11 : 0x10), "Nd"(0xf4));
    for (;;)
        __asm__ volatile("cli; hlt");
}
