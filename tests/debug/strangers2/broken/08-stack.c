/* Draws a frame into a buffer and copies it to the screen. */
#include "common.h"

static void draw(void)
{
    volatile uint16_t buffer[80 * 25];

    for (int i = 0; i < 80 * 25; i++)
        buffer[i] = 0x1f20;
    for (int i = 0; i < 80; i++)
        buffer[i] = buffer[24 * 80 + i] = 0x1fc4;
    for (int i = 0; i < 80 * 25; i++)
        ((volatile uint16_t *)0xb8000)[i] = buffer[i];
}

void kmain(void)
{
    print("drawing\n");
    draw();
    print("drawn\n");
}
