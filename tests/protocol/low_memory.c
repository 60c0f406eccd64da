/*
 * low_memory.c - words of the interrupt vector table and the BIOS data area.
 */
#include "tests/protocol/low_memory.h"

uint16_t low_word(uint32_t address)
{
    return *(const volatile uint16_t *)(uintptr_t)address;
}
