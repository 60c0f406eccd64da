/*
 * kernel_symbols.c - the linker script's addresses, and the table of symbols
 * that the second link adds.
 */
#include "kernel/debug/kernel_symbols.h"

/* linker/kernel.ld */
extern const struct symbol_table symbols_start[];
extern const uint8_t symbols_end[];
extern const uint8_t kernel_start[];
extern const uint8_t kernel_rodata[];
extern const uint8_t kernel_data[];
extern const uint8_t kernel_end[];

bool kernel_symbols_find(uint64_t address, bool is_return, struct symbol_place *place)
{
    if (!symbols_valid(symbols_start, (size_t)(symbols_end - (const uint8_t *)symbols_start)))
        return false;
    return is_return ? symbols_find_call(symbols_start, address, place)
                     : symbols_find(symbols_start, address, place);
}

enum image_part kernel_part_of(uint64_t address)
{
    if (address < (uint64_t)kernel_start || address >= (uint64_t)kernel_end)
        return IMAGE_NONE;
    if (address < (uint64_t)kernel_rodata)
        return IMAGE_CODE;
    return address < (uint64_t)kernel_data ? IMAGE_CONSTANTS : IMAGE_DATA;
}
