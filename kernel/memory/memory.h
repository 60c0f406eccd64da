/* memory.h - from the loader's memory to the kernel's own. */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_MEMORY_H
#define FIRSTLIGHT_KERNEL_MEMORY_MEMORY_H

#include "boot_info.h"

/*
 * Builds our own page tables, then manages all frames.  Pointers to physical
 * memory change: the result is the boot info at its new address.
 */
const struct boot_info *memory_start(const struct boot_info *info);

#endif
