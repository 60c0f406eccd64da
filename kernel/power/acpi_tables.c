/*
 * acpi_tables.c - from the root pointer (RSDP) through the XSDT or RSDT to a table.
 *
 * Pure; acpi.c supplies access to memory.
 */
#include "kernel/power/internal/acpi_tables.h"

#include <stdbool.h>
#include <stddef.h>

#include "layout.h"
#include "lib/pc.h"
#include "lib/string.h"

#define EBDA_LOWEST 0x80000 /* a lower address is junk, not an EBDA */
#define EBDA_HIGHEST 0x9fc00
#define EBDA_SEARCHED 1024 /* bytes; the RSDP is in the first KiB */

#define ROM_START 0xe0000
#define ROM_SEARCHED 0x20000

#define ROOT_ALIGNMENT 16
#define ROOT_BYTES_V1 20
#define ROOT_HAS_XSDT 2 /* first revision with the fields after `rsdt` */

#define TABLE_BYTES_MAX 0x400000 /* DSDTs have about 100 KiB: a larger value is junk */

struct __attribute__((packed)) acpi_root {
    char signature[8];
    uint8_t checksum; /* of the first 20 bytes */
    char oem_id[6];
    uint8_t revision;
    uint32_t rsdt;
    uint32_t length;
    uint64_t xsdt;
    uint8_t extended_checksum;
    uint8_t reserved[3];
};

_Static_assert(sizeof(struct acpi_root) == 36, "ACPI 5.2.5.3");

/* True if the sum of all bytes is zero. */
static bool sums_to_zero(const void *start, size_t bytes)
{
    const uint8_t *p = start;
    uint8_t sum = 0;

    for (size_t i = 0; i < bytes; i++)
        sum = (uint8_t)(sum + p[i]);
    return sum == 0;
}

static bool is_root(const void *place)
{
    return memcmp(place, "RSD PTR ", 8) == 0 && sums_to_zero(place, ROOT_BYTES_V1);
}

static bool search(acpi_map *map, uint64_t start, uint64_t bytes, uint64_t *root)
{
    const uint8_t *memory = map(start, bytes);

    for (uint64_t i = 0; memory != NULL && i + ROOT_BYTES_V1 <= bytes; i += ROOT_ALIGNMENT) {
        if (is_root(memory + i)) {
            *root = start + i;
            return true;
        }
    }
    return false;
}

static uint64_t ebda_address(acpi_map *map)
{
    const uint8_t *segment = map(BDA_ADDRESS + BDA_EBDA_SEGMENT, 2);

    return segment == NULL ? 0 : (uint64_t)(segment[0] | segment[1] << 8) << 4;
}

enum acpi_result acpi_find_root(acpi_map *map, uint64_t *root)
{
    uint64_t ebda = ebda_address(map);

    if (ebda >= EBDA_LOWEST && ebda <= EBDA_HIGHEST && search(map, ebda, EBDA_SEARCHED, root))
        return ACPI_OK;
    return search(map, ROM_START, ROM_SEARCHED, root) ? ACPI_OK : ACPI_NO_ROOT;
}

enum acpi_result acpi_table_at(acpi_map *map, uint64_t physical, const char signature[4],
                               const struct acpi_header **table)
{
    const struct acpi_header *header = map(physical, sizeof *header);

    if (header == NULL)
        return ACPI_UNREACHABLE;
    if (memcmp(header->signature, signature, 4) != 0)
        return ACPI_NO_TABLE;
    if (header->length < sizeof *header || header->length > TABLE_BYTES_MAX)
        return ACPI_DAMAGED;
    *table = map(physical, header->length);
    if (*table == NULL)
        return ACPI_UNREACHABLE;
    return sums_to_zero(*table, (*table)->length) ? ACPI_OK : ACPI_DAMAGED;
}

/* A list of the tables' addresses: 4 bytes each in the RSDT, 8 in the XSDT. */
struct table_list {
    const uint8_t *entries;
    size_t count;
    size_t entry_bytes;
};

static enum acpi_result open_list(acpi_map *map, uint64_t physical, const char signature[4],
                                  size_t entry_bytes, struct table_list *list)
{
    const struct acpi_header *header;
    enum acpi_result result = acpi_table_at(map, physical, signature, &header);

    if (result != ACPI_OK)
        return result;
    list->entries = (const uint8_t *)(header + 1);
    list->count = (header->length - sizeof *header) / entry_bytes;
    list->entry_bytes = entry_bytes;
    return ACPI_OK;
}

static uint64_t list_entry(const struct table_list *list, size_t index)
{
    uint64_t address = 0;

    memcpy(&address, list->entries + index * list->entry_bytes, list->entry_bytes);
    return address;
}

/* The XSDT if there is a valid one; else the RSDT, which old and odd firmware gets right. */
static enum acpi_result find_list(acpi_map *map, uint64_t physical, struct table_list *list)
{
    const struct acpi_root *root = map(physical, sizeof *root);

    if (root == NULL)
        return ACPI_UNREACHABLE;
    if (!is_root(root))
        return ACPI_DAMAGED;
    if (root->revision >= ROOT_HAS_XSDT && root->xsdt != 0 &&
        open_list(map, root->xsdt, "XSDT", sizeof(uint64_t), list) == ACPI_OK)
        return ACPI_OK;
    return open_list(map, root->rsdt, "RSDT", sizeof(uint32_t), list);
}

enum acpi_result acpi_find_table(acpi_map *map, uint64_t root, const char signature[4],
                                 unsigned index, const struct acpi_header **table)
{
    struct table_list list;
    enum acpi_result result = find_list(map, root, &list);

    if (result != ACPI_OK)
        return result;
    result = ACPI_NO_TABLE;
    for (size_t i = 0; i < list.count; i++) {
        enum acpi_result here = acpi_table_at(map, list_entry(&list, i), signature, table);

        if (here == ACPI_OK && index-- == 0)
            return ACPI_OK;
        if (here == ACPI_UNREACHABLE || here == ACPI_DAMAGED) /* it may have been the one */
            result = here;
    }
    return result;
}
