/*
 * acpi.c - reads the tables from this machine's memory and writes to its power registers.
 *
 * The shell calls it.  Owns the PM1 control registers, whose ports the FADT
 * names.  ACPI specification 6.3, 4.8.3.2 (PM1 control), 5.8.1 (enabling), 7.4.2 (_S5).
 */
#include "kernel/acpi/acpi.h"

#include <stdbool.h>
#include <stddef.h>

#include "kernel/acpi/acpi_fadt.h"
#include "kernel/acpi/acpi_s5.h"
#include "kernel/acpi/acpi_tables.h"
#include "kernel/memory/physical.h"
#include "kernel/time/delay.h"
#include "lib/port.h"

/* PM1 control */
#define SCI_EN 0x0001 /* the registers are the system's, no longer the firmware's */
#define SLP_TYP_SHIFT 10
#define SLP_TYP 0x1c00
#define SLP_EN 0x2000

#define ENABLE_MS 3000    /* firmware takes its time over it: the specification sets no limit */
#define POWER_OFF_MS 1000

static const void *map(uint64_t physical, uint64_t bytes)
{
    return physical_reachable(physical, bytes) ? physical_pointer(physical) : NULL;
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

static enum acpi_result enable(const struct acpi_fadt *fadt)
{
    if (inw(fadt->pm1a_control) & SCI_EN || fadt->smi_command == 0 || fadt->acpi_enable == 0)
        return ACPI_OK;
    outb(fadt->smi_command, fadt->acpi_enable); /* an SMI: the firmware does the rest */
    for (unsigned i = 0; i < ENABLE_MS; i++) {
        if (inw(fadt->pm1a_control) & SCI_EN)
            return ACPI_OK;
        udelay(1000);
    }
    return ACPI_NOT_ENABLED;
}

/* The type first, then the same with SLP_EN: some chipsets want to see it change. */
static void request_sleep(uint16_t port, uint8_t type)
{
    uint16_t value = (uint16_t)((inw(port) & ~(SLP_TYP | SLP_EN)) | type << SLP_TYP_SHIFT);

    outw(port, value);
    outw(port, value | SLP_EN);
}

enum acpi_result acpi_power_off(void)
{
    uint64_t root;
    struct acpi_fadt fadt;
    struct acpi_s5 s5;
    enum acpi_result result = find_fadt(&root, &fadt);

    if (result == ACPI_OK)
        result = fadt.pm1a_control == 0 ? ACPI_NO_PORT : find_s5(root, fadt.dsdt, &s5);
    if (result == ACPI_OK)
        result = enable(&fadt);
    if (result != ACPI_OK)
        return result;
    request_sleep(fadt.pm1a_control, s5.type_a);
    if (fadt.pm1b_control != 0)
        request_sleep(fadt.pm1b_control, s5.type_b);
    udelay(POWER_OFF_MS * 1000);
    return ACPI_IGNORED;
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
