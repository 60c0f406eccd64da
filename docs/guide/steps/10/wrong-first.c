/* wrong-first.c - the same program, whose first function is not its entry: wrong */
#include <stdint.h>

#include "layout.h"

void print(const char *string);
void start(void);

const char text[] = "Hello from a kernel of four sections";
uint16_t *cell = (uint16_t *)VGA_TEXT_ADDRESS; /* has a value at the start */
uint32_t written;                              /* has none: it starts as 0 */

__attribute__((noinline)) void print(const char *string)
{
    while (string[written] != '\0')
        *(volatile uint16_t *)cell++ = 0x2f00 | (uint8_t)string[written++];
}

void start(void)
{
    print(text);
    for (;;)
        __asm__ volatile("hlt");
}
