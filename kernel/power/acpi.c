/*
 * acpi.c - looks up in this machine's tables what the rest of the kernel needs.
 */
#include "kernel/power/acpi.h"

#include <stdbool.h>
#include <stddef.h>

#include "kernel/memory/paging.h"
#include "kernel/memory/physical.h"
#include "kernel/power/internal/acpi_fadt.h"
#include "kernel/power/internal/acpi_s5.h"
#include "kernel/power/internal/acpi_sleep.h"
#include "kernel/power/internal/acpi_tables.h"

/* Many BIOSes report the tables' memory as "reserved", which the kernel does not map by itself. */
static const void *map(uint64_t physical, uint64_t bytes)
{
    return paging_show(physical, bytes) ? physical_pointer(physical) : NULL;
}

static enum acpi_result find_fadt(uint64_t *root, struct acpi_fadt *fadt)
{
    const struct acpi_header *table;
    enum acpi_result result = acpi_find_root(map, root);

    if (result == ACPI_OK)
        result = acpi_find_table(map, *root, "FACP", 0, &table);
    if (result == ACPI_OK)
        acpi_read_fadt(table, fadt);
    return result;
}

static bool table_has_s5(const struct acpi_header *table, struct acpi_s5 *s5)
{
    return acpi_find_s5((const uint8_t *)(table + 1), table->length - sizeof *table, s5);
}

/* The DSDT nearly always has it; if not, one of the SSDTs. */
static enum acpi_result find_s5(uint64_t root, uint64_t dsdt, struct acpi_s5 *s5)
{
    const struct acpi_header *table;
    enum acpi_result result = acpi_table_at(map, dsdt, "DSDT", &table);

    if (result == ACPI_OK && table_has_s5(table, s5))
        return ACPI_OK;
    for (unsigned i = 0; acpi_find_table(map, root, "SSDT", i, &table) == ACPI_OK; i++)
        if (table_has_s5(table, s5))
            return ACPI_OK;
    return result == ACPI_OK ? ACPI_NO_S5 : result;
}

enum acpi_result acpi_power_off(void)
{
    uint64_t root;
    struct acpi_fadt fadt;
    struct acpi_s5 s5;
    enum acpi_result result = find_fadt(&root, &fadt);

    if (result == ACPI_OK)
        result = find_s5(root, fadt.dsdt, &s5);
    return result == ACPI_OK ? acpi_enter_s5(&fadt, &s5) : result;
}

uint8_t acpi_century_register(void)
{
    uint64_t root;
    struct acpi_fadt fadt;

    return find_fadt(&root, &fadt) == ACPI_OK ? fadt.century_register : 0;
}

const char *acpi_result_text(enum acpi_result result)
{
    static const char *const texts[] = {
#define ACPI_RESULT_TEXT(name, text) [name] = text,
        ACPI_RESULTS(ACPI_RESULT_TEXT)
#undef ACPI_RESULT_TEXT
    };

    return texts[result];
}
