/* A Mandelbrot set in floating point: SSE is switched on before the first C function. */
#include "pc.h"

__asm__(".section .text.start\n"
        "start:\n"
        "mov %cr0, %rax\n"
        "and $~4, %eax\n" /* EM */
        "or $2, %eax\n"   /* MP */
        "mov %rax, %cr0\n"
        "mov %cr4, %rax\n"
        "or $0x600, %eax\n" /* OSFXSR, OSXMMEXCPT */
        "mov %rax, %cr4\n"
        "lea stack + 16384(%rip), %rsp\n"
        "call kernel\n"
        ".text");

__attribute__((used)) static uint8_t stack[16384] __attribute__((aligned(64)));

static char shade(double x, double y)
{
    double a = 0, b = 0;
    int n = 0;

    while (a * a + b * b < 4 && n < 60) {
        double next = a * a - b * b + x;

        b = 2 * a * b + y;
        a = next;
        n++;
    }
    return " .:-=+*#%@"[n / 6 > 9 ? 9 : n / 6];
}

void kernel(void);

void kernel(void)
{
    char line[66];

    for (int row = -8; row <= 8; row++) {
        for (int column = 0; column < 64; column++)
            line[column] = shade(column / 24.0 - 2.0, row / 7.0);
        line[64] = '\0';
        for (const char *c = line; *c; c++)
            serial(*c);
        serial('\n');
    }
    print("drawn with double precision\n");
    for (;;)
        __asm__ volatile("hlt");
}
