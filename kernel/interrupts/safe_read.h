/*
 * safe_read.h - reads memory that may not exist.
 *
 * For reports and for users who type addresses.  An unmapped or non-canonical
 * address is an answer, not a panic.  Device memory is read like any other,
 * even if reading changes it.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_SAFE_READ_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_SAFE_READ_H

#include <stdbool.h>
#include <stdint.h>

/* Reads the byte at virtual `address`; false, with *value unchanged, if it cannot be read. */
__attribute__((warn_unused_result)) bool safe_read_byte(uint64_t address, uint8_t *value);

/* The same for the eight bytes at `address`, which need not be aligned. */
__attribute__((warn_unused_result)) bool safe_read_u64(uint64_t address, uint64_t *value);

#endif
