/*
 * WRONG: a back buffer of 1 MiB as a local variable, on the loader's stack of 12 KiB.  RSP wraps below 0
 * to FFFFFFFFFFFxxxxxh, where no RAM is: return addresses that are pushed there are lost.
 */
#include "console.h"

#define WIDTH 1024
#define HEIGHT 1024

__asm__(".section .text.start\n start: call kernel\n .text");

__attribute__((noinline)) static void fill(uint8_t *buffer, uint8_t colour)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        buffer[i] = colour;
}

__attribute__((noinline)) static unsigned count(const uint8_t *buffer, uint8_t colour)
{
    unsigned n = 0;

    for (int i = 0; i < WIDTH * HEIGHT; i++)
        n += buffer[i] == colour;
    return n;
}

void kernel(const struct boot_info *info)
{
    uint8_t back_buffer[WIDTH * HEIGHT];

    console_start(info);
    print("Clearing the back buffer\n");
    fill(back_buffer, 0x1f);
    print_number(count(back_buffer, 0x1f));
    print(" pixels are blue\n");
    halt();
}
