/* canonical.h - which addresses are possible at all. */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_CANONICAL_H
#define FIRSTLIGHT_KERNEL_DEBUG_CANONICAL_H

#include <stdbool.h>
#include <stdint.h>

/* True if bits 63 to 47 are equal, as 4-level paging requires (Intel SDM 1, 3.3.7.1). */
static inline bool is_canonical(uint64_t address)
{
    return (uint64_t)((int64_t)(address << 16) >> 16) == address;
}

#endif
