/* the screen: one function, for the rest of the kernel */
#include <stdint.h>

void screen_write(unsigned row, const char *text);

void screen_write(unsigned row, const char *text)
{
    volatile uint16_t *cell = (uint16_t *)0xb8000 + (row % 25) * 80;

    while (*text != '\0')
        *cell++ = 0x1f00 | (uint8_t)*text++;
}
