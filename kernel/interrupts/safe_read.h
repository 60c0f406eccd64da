/*
 * safe_read.h - reading memory that may not be there.
 *
 * For reports and for people who type addresses.  An unmapped or non-canonical
 * address is an answer, not a panic.  Device memory is read like any other:
 * a register that changes when it is read, changes.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_SAFE_READ_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_SAFE_READ_H

#include <stdbool.h>
#include <stdint.h>

/* Reads the byte at virtual `address`; false, and *value untouched, if it can't be read. */
__attribute__((warn_unused_result)) bool safe_read_byte(uint64_t address, uint8_t *value);

/* The same with the eight bytes at `address`, which need not be aligned. */
__attribute__((warn_unused_result)) bool safe_read_u64(uint64_t address, uint64_t *value);

#endif
