/*
 * kernel_symbols.h - the names and lines of the kernel's own code, and what
 * each part of its image is.
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_KERNEL_SYMBOLS_H
#define FIRSTLIGHT_KERNEL_DEBUG_KERNEL_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/symbols.h"

/* The place of an address; with `is_return`, of the call that returns there. */
__attribute__((warn_unused_result)) bool kernel_symbols_find(uint64_t address, bool is_return,
                                                             struct symbol_place *place);

/* What the kernel's image has at an address. */
enum image_part { IMAGE_NONE, IMAGE_CODE, IMAGE_CONSTANTS, IMAGE_DATA };

enum image_part kernel_part_of(uint64_t address);

#endif
