/* memory.h - from the loader's memory to the kernel's own. */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_MEMORY_H
#define FIRSTLIGHT_KERNEL_MEMORY_MEMORY_H

#include "boot_info.h"

/*
 * Own page tables, then all frames.  Pointers to physical memory change: the
 * result is the boot info where it is seen from now on.
 */
const struct boot_info *memory_start(const struct boot_info *info);

#endif
