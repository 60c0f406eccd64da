/* acpi_sleep.h - the registers that switch a machine off. */
#ifndef FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_SLEEP_H
#define FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_SLEEP_H

#include "kernel/power/internal/acpi_fadt.h"
#include "kernel/power/internal/acpi_s5.h"

/* Enters S5, which is off.  Returns only on failure. */
enum acpi_result acpi_enter_s5(const struct acpi_fadt *fadt, const struct acpi_s5 *s5)
    __attribute__((warn_unused_result));

#endif
