/*
 * acpi_s5.h - this machine's code for "off": the object \_S5 in the DSDT or an SSDT.
 */
#ifndef FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_S5_H
#define FIRSTLIGHT_KERNEL_POWER_INTERNAL_ACPI_S5_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acpi_s5 {
    uint8_t type_a; /* SLP_TYP for PM1a_CNT, 0-7 */
    uint8_t type_b; /* SLP_TYP for PM1b_CNT, 0-7 */
};

/*
 * Searches AML code for Name (_S5, Package () { a, b, ... }).  True if it is
 * there and both numbers are valid.  Reads nothing outside [aml, aml + bytes).
 */
bool acpi_find_s5(const uint8_t *aml, size_t bytes, struct acpi_s5 *s5)
    __attribute__((warn_unused_result));

#endif
