/* hello.c - one program, four kinds of memory */
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

__attribute__((section(".text.start"))) void start(void)
{
    print(text);
    for (;;)
        __asm__ volatile("hlt");
}
