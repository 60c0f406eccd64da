/*
 * xxh32.h - XXH32, the 32-bit xxHash (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
 *
 * The checksum of the kernel and its header: no tables, about 1.3 instructions
 * per byte, and `xxhsum -H32 FILE` prints the same number.
 */
#ifndef FIRSTLIGHT_LIB_XXH32_H
#define FIRSTLIGHT_LIB_XXH32_H

#include <stddef.h>
#include <stdint.h>

/* The XXH32 of `bytes` bytes at `data` (any alignment), with seed 0. */
uint32_t xxh32(const void *data, size_t bytes);

#endif
