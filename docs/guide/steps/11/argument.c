/* argument.c - assembly that calls C, once by the convention and once not */
#include <stdint.h>

void put(uint64_t character);

__asm__(".section .text.start\n"
        " mov $'R', %edi\n call put\n" /* the first argument is in RDI */
        " mov $'?', %eax\n call put\n" /* this one is not */
        "stop: hlt\n jmp stop\n .text");

void put(uint64_t character)
{
    static volatile uint16_t *cell = (volatile uint16_t *)0xb8000 + 12 * 80;

    *cell++ = (uint16_t)(0x0f00 | (character & 0xff));
}
