/* handover.h - takes over from the loader. */
#ifndef FIRSTLIGHT_KERNEL_BOOT_HANDOVER_H
#define FIRSTLIGHT_KERNEL_BOOT_HANDOVER_H

#include <stdint.h>

#include "boot_info.h"

/*
 * The boot info at physical `address`, after checking that this kernel
 * understands it.  Panics if it does not.
 */
const struct boot_info *handover_accept(uint64_t address);

/* The one that was accepted, at its current virtual address. */
const struct boot_info *handover_boot_info(void);

#endif
