/*
 * acpi.h - what the kernel uses of ACPI: the power switch and the clock's century.
 *
 * The tables are searched at each call; nothing is kept.
 */
#ifndef FIRSTLIGHT_KERNEL_POWER_ACPI_H
#define FIRSTLIGHT_KERNEL_POWER_ACPI_H

#include <stdint.h>

#include "kernel/power/acpi_result.h"

/* Switches the machine off.  Returns only on failure. */
enum acpi_result acpi_power_off(void) __attribute__((warn_unused_result));

/* The CMOS register that holds the century; 0 if ACPI names none. */
uint8_t acpi_century_register(void);

/* A result in plain words. */
const char *acpi_result_text(enum acpi_result result);

#endif
