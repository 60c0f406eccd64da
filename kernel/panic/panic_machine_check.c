/*
 * panic_machine_check.c - prints what the CPU's error-reporting banks recorded about a #MC.
 *
 * Intel SDM 3B, 15.3: each bank watches a part of the machine (caches, bus,
 * memory) and keeps the last error that it detected.
 */
#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/debug/register_bits.h"
#include "kernel/panic/internal/panic_case.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"

#define MSR_MCG_CAP 0x179
#define MCG_CAP_BANKS 0xff
#define MSR_MC_STATUS(bank) (0x401 + 4 * (bank))
#define MSR_MC_ADDRESS(bank) (0x402 + 4 * (bank))
#define MC_STATUS_VALID (1ull << 63)
#define MC_STATUS_ADDRESS_VALID (1ull << 58)

static void print_bank(unsigned bank)
{
    uint64_t status = read_msr(MSR_MC_STATUS(bank));
    char names[REGISTER_BITS_TEXT];

    if (!(status & MC_STATUS_VALID))
        return;
    printk("Machine-check bank %u: status %016lx, error %04lx, bits: %s\n", bank, status,
           status & 0xffff, register_bits_names(names, sizeof names, BITS_OF_MC_STATUS, status));
    if (status & MC_STATUS_ADDRESS_VALID)
        printk("  address %016lx\n", read_msr(MSR_MC_ADDRESS(bank)));
}

void panic_print_machine_check(void)
{
    if (!(cpuid(CPUID_FEATURES).edx & CPUID_FEATURES_EDX_MCA))
        return;
    for (unsigned bank = 0; bank < (read_msr(MSR_MCG_CAP) & MCG_CAP_BANKS); bank++)
        print_bank(bank);
}
