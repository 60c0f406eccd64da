/*
 * command_power.c - the commands that end the session: reboot and poweroff.
 */
#include "kernel/console/console.h"
#include "kernel/power/acpi.h"
#include "kernel/power/reset.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/time/delay.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"
#include "lib/port.h"

#define UART_DRAIN_US 2000 /* the last 16 bytes at 115200 baud take 1.4 ms */

/* SeaBIOS puts PM1a_CNT here on all of QEMU's PCs; SLP_EN with SLP_TYP 0 means "off" there. */
#define QEMU_PM1A_CONTROL 0x604
#define QEMU_POWER_OFF 0x2000

void command_reboot(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    printk("Rebooting.\n");
    reset_machine();
}

/* ACPI did not name this port, so it is only touched where there is no real hardware. */
static void power_off_qemu(void)
{
    if (cpuid(CPUID_FEATURES).ecx & CPUID_FEATURES_ECX_HYPERVISOR)
        outw(QEMU_PM1A_CONTROL, QEMU_POWER_OFF);
    delay_us(UART_DRAIN_US);
}

void command_poweroff(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    printk("Powering off.\n");
    delay_us(UART_DRAIN_US);

    enum acpi_result result = acpi_power_off();

    power_off_qemu();
    printk("This machine cannot be switched off by software: %s.\n", acpi_result_text(result));
}
