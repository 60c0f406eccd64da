/*
 * address_space.h - the kernel's virtual memory, once its own page tables are in use.
 *
 *   0                            nothing: a NULL pointer faults, and so does all user space
 *   DIRECT_MAP_BASE + physical   RAM and low memory, not executable
 *   KERNEL_BASE + physical       only the kernel's image: text executable, constants
 *                                read-only, data, .bss and stacks writable; guard pages unmapped
 */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_ADDRESS_SPACE_H
#define FIRSTLIGHT_KERNEL_MEMORY_ADDRESS_SPACE_H

#include "layout.h"

#define DIRECT_MAP_BASE 0xffff800000000000 /* the lowest address of the upper half */
#define DIRECT_MAP_SIZE 0x400000000000     /* 64 TiB: more than 46 bits of physical address */

#endif
