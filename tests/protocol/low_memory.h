/*
 * low_memory.h - words at fixed addresses in the first 4 KiB.
 *
 * Functions of a file of their own: where the compiler sees such an address it
 * takes it for a mistake with a null pointer.
 */
#ifndef PROTOCOL_LOW_MEMORY_H
#define PROTOCOL_LOW_MEMORY_H

#include <stdint.h>

uint16_t low_word(uint32_t address);

#endif
