/* panic.c - the smallest panic: where, and why, in red; then nothing more, ever. */
#include <stdint.h>

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

#define COLUMNS 80

static volatile uint16_t *cell = (volatile uint16_t *)0xb8000;

static void print(const char *text)
{
    while (*text != '\0')
        *cell++ = (uint16_t)(0x4f00 | (uint8_t)*text++);
}

static void __attribute__((noreturn)) panic(const char *function, const char *message)
{
    __asm__ volatile("cli");
    print("PANIC in ");
    print(function);
    print(": ");
    print(message);
    for (;;)
        __asm__ volatile("hlt");
}

#define ASSERT(condition) ((condition) ? (void)0 : panic(__func__, "not true: " #condition))

struct writer {
    unsigned row, column;
};

static void advance(struct writer *w)
{
    ASSERT(w->column < COLUMNS);
    w->column++;
}

void kernel(void)
{
    struct writer w = {0, 78};

    for (;;)
        advance(&w);
}
