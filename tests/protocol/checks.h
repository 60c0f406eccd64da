/*
 * checks.h - the chapters of docs/boot-protocol.md, one function and one file each.
 */
#ifndef PROTOCOL_CHECKS_H
#define PROTOCOL_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "boot_info.h"

void check_entry(void);
void check_mapping(void);
void check_info(const struct boot_info *info);
void check_memory(const struct boot_info *info);
void check_recorder(const struct boot_info *info);
void check_devices(const struct boot_info *info);

/* True if [base, base + length) lies in the map and is of this type from start to end. */
bool memory_is(const struct boot_info *info, uint32_t type, uint64_t base, uint64_t length);

#endif
