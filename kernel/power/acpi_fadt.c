/*
 * acpi_fadt.c - reads the fields of the FADT.  Pure.
 */
#include "kernel/power/internal/acpi_fadt.h"

#include <stddef.h>

#include "lib/string.h"

#define SPACE_IO 1

struct __attribute__((packed)) generic_address {
    uint8_t space;
    uint8_t bit_width;
    uint8_t bit_offset;
    uint8_t access_size;
    uint64_t address;
};

struct __attribute__((packed)) fadt_layout {
    struct acpi_header header;
    uint32_t firmware_control;
    uint32_t dsdt;
    uint8_t not_used_1[4]; /* ... up to SCI_INT */
    uint32_t smi_command;
    uint8_t acpi_enable;
    uint8_t not_used_2[11]; /* ACPI_DISABLE ... PM1b_EVT_BLK */
    uint32_t pm1a_control;
    uint32_t pm1b_control;
    uint8_t not_used_3[36]; /* PM2_CNT_BLK ... MON_ALRM */
    uint8_t century;
    uint8_t not_used_4[31]; /* IAPC_BOOT_ARCH ... X_FIRMWARE_CTRL */
    uint64_t x_dsdt;
    uint8_t not_used_5[24]; /* X_PM1a_EVT_BLK, X_PM1b_EVT_BLK */
    struct generic_address x_pm1a_control;
    struct generic_address x_pm1b_control;
};

_Static_assert(offsetof(struct fadt_layout, dsdt) == 40, "ACPI table 5-33");
_Static_assert(offsetof(struct fadt_layout, smi_command) == 48, "ACPI table 5-33");
_Static_assert(offsetof(struct fadt_layout, pm1a_control) == 64, "ACPI table 5-33");
_Static_assert(offsetof(struct fadt_layout, century) == 108, "ACPI table 5-33");
_Static_assert(offsetof(struct fadt_layout, x_dsdt) == 140, "ACPI table 5-33");
_Static_assert(offsetof(struct fadt_layout, x_pm1a_control) == 172, "ACPI table 5-33");
_Static_assert(sizeof(struct fadt_layout) == 196, "ACPI table 5-33");

/* The I/O port that one of the two fields names; the extended field takes precedence. */
static uint16_t port_of(const struct generic_address *extended, uint32_t old)
{
    if (extended->space == SPACE_IO && extended->address != 0 && extended->address <= UINT16_MAX)
        return (uint16_t)extended->address;
    return old <= UINT16_MAX ? (uint16_t)old : 0;
}

void acpi_read_fadt(const struct acpi_header *table, struct acpi_fadt *fadt)
{
    struct fadt_layout layout;

    memset(&layout, 0, sizeof layout);
    memcpy(&layout, table, table->length < sizeof layout ? table->length : sizeof layout);
    *fadt = (struct acpi_fadt){
        .dsdt = layout.x_dsdt != 0 ? layout.x_dsdt : layout.dsdt,
        .pm1a_control = port_of(&layout.x_pm1a_control, layout.pm1a_control),
        .pm1b_control = port_of(&layout.x_pm1b_control, layout.pm1b_control),
        .smi_command = layout.smi_command <= UINT16_MAX ? (uint16_t)layout.smi_command : 0,
        .acpi_enable = layout.acpi_enable,
        .century_register = layout.century,
    };
}
