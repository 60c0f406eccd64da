/*
 * low_memory.h - words at fixed addresses in the first 4 KiB.
 *
 * These functions have a file of their own: a compiler that sees such an address
 * takes the access for a null pointer error.
 */
#ifndef PROTOCOL_LOW_MEMORY_H
#define PROTOCOL_LOW_MEMORY_H

#include <stdint.h>

uint16_t low_word(uint32_t address);

#endif
