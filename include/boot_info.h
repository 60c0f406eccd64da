/*
 * boot_info.h - what the loader passes to the kernel.
 *
 * Stage 2 fills the structure at BOOT_INFO_ADDRESS; the kernel gets its
 * physical address in RDI.  Fields are only ever added at the end: `size` tells
 * which ones a loader supports, `version` changes when an old one changes.
 */
#ifndef FIRSTLIGHT_BOOT_INFO_H
#define FIRSTLIGHT_BOOT_INFO_H

#include <stddef.h>
#include <stdint.h>

#define BOOT_INFO_MAGIC 0x544847494c545346ULL /* "FSTLIGHT" in memory */
#define BOOT_INFO_VERSION 1

/* Types 1-5 come from the firmware (ACPI 6.x, 15.1); those from 0x1000 on are ours. */
enum memory_type {
    MEMORY_USABLE = 1,
    MEMORY_RESERVED = 2,
    MEMORY_ACPI_RECLAIMABLE = 3,
    MEMORY_ACPI_NVS = 4,
    MEMORY_BAD = 5,
    MEMORY_LOADER = 0x1000, /* usable once the kernel no longer needs the loader's data */
    MEMORY_KERNEL = 0x1001, /* the kernel's payload and .bss */
};

/* One range of physical memory: [base, base + length), never empty. */
struct memory_range {
    uint64_t base;
    uint64_t length;
    uint32_t type;
    uint32_t attributes; /* always 1: ranges that the firmware disabled (ACPI 3.0) are left out */
};

_Static_assert(sizeof(struct memory_range) == 24, "as E820 with ACPI 3.0 attributes");

/* Bits of boot_info.cpu_features: what stage 2 found and, for NX, enabled. */
#define CPU_FEATURE_TSC (1u << 0)
#define CPU_FEATURE_NX (1u << 1)

struct boot_info {
    uint64_t magic;              /* BOOT_INFO_MAGIC */
    uint32_t version;            /* BOOT_INFO_VERSION */
    uint32_t size;               /* bytes of this structure */
    uint64_t memory_map;         /* physical address of struct memory_range[] */
    uint32_t memory_map_entries; /* sorted by base, disjoint */
    uint32_t cpu_features;       /* CPU_FEATURE_* */
    uint64_t kernel_address;     /* physical */
    uint64_t kernel_bytes;       /* in memory, including .bss */
    uint64_t kernel_lba;         /* of its header sector */
    uint64_t recorder;           /* physical address of the flight recorder */
    uint8_t boot_drive;          /* BIOS number: 80h = first hard disk */
    uint8_t partition;           /* 1-4 */
    uint8_t cursor_row;          /* where the next character goes, from 0 */
    uint8_t cursor_column;
    uint32_t reserved; /* 0 */
};

_Static_assert(offsetof(struct boot_info, memory_map) == 16, "no padding");
_Static_assert(offsetof(struct boot_info, kernel_address) == 32, "no padding");
_Static_assert(sizeof(struct boot_info) == 72, "no padding");

#endif
