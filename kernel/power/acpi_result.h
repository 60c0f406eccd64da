/* acpi_result.h - the results of the ACPI functions. */
#ifndef FIRSTLIGHT_KERNEL_POWER_ACPI_RESULT_H
#define FIRSTLIGHT_KERNEL_POWER_ACPI_RESULT_H

/* X(name, the text for the user) */
#define ACPI_RESULTS(X) \
    X(ACPI_OK, "all is well") \
    X(ACPI_NO_ROOT, "no RSDP in the EBDA or at E0000h-FFFFFh: this machine has no ACPI") \
    X(ACPI_UNREACHABLE, "a table lies in memory that the kernel has not mapped") \
    X(ACPI_NO_TABLE, "a table is missing") \
    X(ACPI_DAMAGED, "a table's length or checksum is wrong") \
    X(ACPI_NO_S5, "neither the DSDT nor an SSDT has an _S5 package that we understand") \
    X(ACPI_NO_PORT, "the FADT names no I/O port for PM1a_CNT") \
    X(ACPI_NOT_ENABLED, "the firmware did not hand over the power registers (SCI_EN stays 0)") \
    X(ACPI_IGNORED, "the machine ignored the request to go to S5")

enum acpi_result {
#define ACPI_RESULT_NAME(name, text) name,
    ACPI_RESULTS(ACPI_RESULT_NAME)
#undef ACPI_RESULT_NAME
};

#endif
