/*
 * acpi_sleep.c - takes over the power registers from the firmware and writes "off".
 *
 * Owns the PM1 control registers, whose ports the FADT names.  ACPI
 * specification 6.3, 4.8.3.2 (PM1 control), 5.8.1 (enabling), 7.4.2 (_S5).
 */
#include "kernel/power/internal/acpi_sleep.h"

#include "kernel/time/delay.h"
#include "lib/port.h"

/* PM1 control */
#define SCI_EN 0x0001 /* the operating system owns the registers, no longer the firmware */
#define SLP_TYP_SHIFT 10
#define SLP_TYP 0x1c00
#define SLP_EN 0x2000

#define ENABLE_MS 3000 /* firmware may be slow, and the specification sets no limit */
#define POWER_OFF_MS 1000

static enum acpi_result enable(const struct acpi_fadt *fadt)
{
    if (inw(fadt->pm1a_control) & SCI_EN || fadt->smi_command == 0 || fadt->acpi_enable == 0)
        return ACPI_OK;
    outb(fadt->smi_command, fadt->acpi_enable); /* raises an SMI; the firmware does the rest */
    for (unsigned i = 0; i < ENABLE_MS; i++) {
        if (inw(fadt->pm1a_control) & SCI_EN)
            return ACPI_OK;
        delay_us(1000);
    }
    return ACPI_NOT_ENABLED;
}

/* First the type alone, then with SLP_EN: some chipsets need to see SLP_EN change. */
static void request_sleep(uint16_t port, uint8_t type)
{
    uint16_t value = (uint16_t)((inw(port) & ~(SLP_TYP | SLP_EN)) | type << SLP_TYP_SHIFT);

    outw(port, value);
    outw(port, value | SLP_EN);
}

enum acpi_result acpi_enter_s5(const struct acpi_fadt *fadt, const struct acpi_s5 *s5)
{
    enum acpi_result result = fadt->pm1a_control == 0 ? ACPI_NO_PORT : enable(fadt);

    if (result != ACPI_OK)
        return result;
    request_sleep(fadt->pm1a_control, s5->type_a);
    if (fadt->pm1b_control != 0)
        request_sleep(fadt->pm1b_control, s5->type_b);
    delay_us(POWER_OFF_MS * 1000);
    return ACPI_IGNORED;
}
