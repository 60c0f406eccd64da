/* wait.c - waits until a counter of the CPU's own timer moves; DEVICE decides whether it ever ends. */
#include <stdint.h>

#define DEVICE volatile

void kernel(void);
__asm__(".section .text.start\n call kernel\n .text");

static DEVICE uint32_t *const start_value = (DEVICE uint32_t *)0xfee00380;
static DEVICE uint32_t *const counter = (DEVICE uint32_t *)0xfee00390;

static void print(const char *text)
{
    volatile uint16_t *cell = (volatile uint16_t *)0xb8000 + 12 * 80;

    while (*text != '\0')
        *cell++ = (uint16_t)(0x0f00 | *text++);
}

void kernel(void)
{
    *start_value = 1000000000; /* it counts down from here */
    uint32_t first = *counter;

    print("Waiting ...");
    while (*counter == first)
        ;
    print("Waiting ... and on.");
    for (;;)
        __asm__ volatile("hlt");
}
