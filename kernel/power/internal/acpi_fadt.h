/*
 * acpi_fadt.h - what the fixed ACPI description table (FADT, "FACP") says about
 * switching the machine off.  ACPI specification 6.3, 5.2.9.
 */
#ifndef FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_FADT_H
#define FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_FADT_H

#include <stdint.h>

#include "kernel/power/internal/acpi_tables.h"

/* The fields that the kernel uses; where the table has two, the wider one. */
struct acpi_fadt {
    uint64_t dsdt;            /* physical address */
    uint16_t pm1a_control;    /* I/O port, 0 if there is none */
    uint16_t pm1b_control;    /* the same */
    uint16_t smi_command;     /* I/O port; 0 if ACPI is always enabled */
    uint8_t acpi_enable;      /* the value to write there, 0 in the same case */
    uint8_t century_register; /* of the clock; 0 if it has none */
};

/* Older tables are shorter: missing fields are read as zero. */
void acpi_read_fadt(const struct acpi_header *table, struct acpi_fadt *fadt);

#endif
