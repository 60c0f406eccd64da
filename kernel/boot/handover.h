/* handover.h - taking over from the loader. */
#ifndef FIRSTLIGHT_KERNEL_BOOT_HANDOVER_H
#define FIRSTLIGHT_KERNEL_BOOT_HANDOVER_H

#include <stdint.h>

#include "boot_info.h"

/*
 * The boot info at physical `address`, once it is known to be one that this
 * kernel understands.  Panics if it is not.
 */
const struct boot_info *handover_accept(uint64_t address);

/* The one that was accepted last, where it is seen now. */
const struct boot_info *handover_boot_info(void);

#endif
