/* A moving pattern in 640 x 480 pixels, forever; interrupts are off and there is no IDT. */
#include <stdint.h>

__asm__(".section .text.start\n .globl start\n start: jmp demo\n .text");

static void say(const char *text)
{
    while (*text)
        __asm__ volatile("outb %0, %1" : : "a"(*text++), "Nd"((uint16_t)0x3f8));
}

void demo(volatile uint32_t *pixels)
{
    say("drawing\n");
    for (uint32_t time = 0;; time++) {
        for (uint32_t y = 0; y < 480; y++)
            for (uint32_t x = 0; x < 640; x++)
                pixels[y * 640 + x] = ((x + time) & 255) << 16 | ((y + 2 * time) & 255) << 8 | ((x ^ y) & 255);
        if (time == 3)
            say("four frames\n");
    }
}
