/*
 * acpi_tables.h - the firmware's ACPI tables: where they are, and whether they are intact.
 *
 * Pure: memory is reached through the caller's function, so that the tests can
 * supply tables of their own.  Nothing in a table is used before its checksum
 * has been verified.  ACPI specification 6.3, 5.2.
 */
#ifndef FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_TABLES_H
#define FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_TABLES_H

#include <stdint.h>

#include "kernel/power/acpi_result.h"

/* Where `bytes` of physical memory can be read; NULL if they cannot be reached. */
typedef const void *acpi_map(uint64_t physical, uint64_t bytes);

struct __attribute__((packed)) acpi_header {
    char signature[4];
    uint32_t length; /* including this header */
    uint8_t revision;
    uint8_t checksum;
    char oem_id[6];
    char oem_table_id[8];
    uint32_t oem_revision;
    uint32_t creator_id;
    uint32_t creator_revision;
};

_Static_assert(sizeof(struct acpi_header) == 36, "ACPI 5.2.6");

/* Stores the physical address of the root pointer, found in the EBDA or in the BIOS's ROM. */
enum acpi_result acpi_find_root(acpi_map *map, uint64_t *root) __attribute__((warn_unused_result));

/*
 * Stores the table number `index` (from 0) of those with that signature in the
 * root's XSDT or RSDT.
 */
enum acpi_result acpi_find_table(acpi_map *map, uint64_t root, const char signature[4],
                                 unsigned index, const struct acpi_header **table)
    __attribute__((warn_unused_result));

/* Stores the table at a physical address, if it is intact and has that signature. */
enum acpi_result acpi_table_at(acpi_map *map, uint64_t physical, const char signature[4],
                               const struct acpi_header **table)
    __attribute__((warn_unused_result));

#endif
