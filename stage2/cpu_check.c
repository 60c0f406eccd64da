/*
 * cpu_check.c - checks for long mode and what it needs, with CPUID.
 *
 * Runs on every CPU since the 386, so it may not even assume CPUID.  Intel SDM
 * 2A CPUID, AMD APM 3 E.4 (extended leaves).
 */
#include "stage2/cpu_check.h"

#include <stdbool.h>

#include "boot_info.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"
#include "lib/string.h"
#include "stage2/console.h"
#include "stage2/error.h"

#define VENDOR_INTEL 0x756e6547u /* "Genu" in EBX of leaf 0 */
#define MSR_MISC_ENABLE 0x1a0u
#define MISC_ENABLE_XD_DISABLE (1ull << 34)

/* EDX of an extended leaf, or 0 if the CPU does not have the leaf. */
static uint32_t extended_features(void)
{
    uint32_t last = cpuid(CPUID_EXTENDED_MAX).eax;

    /* an early Intel CPU answers an unknown leaf like its highest one */
    if (last < CPUID_EXTENDED || last > CPUID_EXTENDED + 0xffff)
        return 0;
    return cpuid(CPUID_EXTENDED).edx;
}

uint32_t cpu_features(void)
{
    uint32_t features = 0;

    if (!cpu_has_cpuid())
        return 0;
    if (cpuid(CPUID_FEATURES).edx & CPUID_FEATURES_EDX_TSC)
        features |= CPU_FEATURE_TSC;
    if (extended_features() & CPUID_EXTENDED_EDX_NX)
        features |= CPU_FEATURE_NX;
    return features;
}

/* The CPU's name, without the blanks that some makers put around it. */
static const char *cpu_name(char name[49])
{
    if (cpuid(CPUID_EXTENDED_MAX).eax < CPUID_NAME + 2)
        return "unnamed CPU";
    for (uint32_t i = 0; i < 3; i++) {
        struct cpuid_result part = cpuid(CPUID_NAME + i);
        memcpy(name + 16 * i, &part, 16);
    }
    name[48] = '\0';
    for (size_t end = strlen(name); end > 0 && name[end - 1] == ' '; end--)
        name[end - 1] = '\0';
    while (*name == ' ')
        name++;
    return name;
}

/*
 * Firmware can disable NX ("execute disable") on Intel CPUs; CPUID then hides
 * it.  IA32_MISC_ENABLE exists from family 6, model 0Dh on (Intel SDM 4, table
 * 2-2).
 */
static void switch_on_nx(void)
{
    struct cpuid_result maker = cpuid(CPUID_VENDOR), version = cpuid(CPUID_FEATURES);
    uint32_t family = version.eax >> 8 & 0xf;
    uint32_t model = (version.eax >> 4 & 0xf) | (version.eax >> 12 & 0xf0);
    uint64_t misc;

    if (maker.ebx != VENDOR_INTEL || family < 6 || (family == 6 && model < 0x0d))
        return;
    misc = read_msr(MSR_MISC_ENABLE);
    if (misc & MISC_ENABLE_XD_DISABLE)
        write_msr(MSR_MISC_ENABLE, misc & ~MISC_ENABLE_XD_DISABLE);
}

void cpu_check(void)
{
    uint32_t basic;
    char name[49];

    if (!cpu_has_cpuid())
        fatal(ERROR_NO_CPUID, "EFLAGS bit 21 cannot be changed");
    basic = cpuid(CPUID_FEATURES).edx;
    if (!(extended_features() & CPUID_EXTENDED_EDX_LM))
        fatal(ERROR_NO_LONG_MODE, "%s, CPUID 80000001h EDX = 0x%08x", cpu_name(name),
              extended_features());
    if (!(basic & CPUID_FEATURES_EDX_PAE) || !(basic & CPUID_FEATURES_EDX_MSR))
        fatal(ERROR_CPU_LACKS, "missing: %s%s", basic & CPUID_FEATURES_EDX_PAE ? "" : "PAE ",
              basic & CPUID_FEATURES_EDX_MSR ? "" : "MSR");
    switch_on_nx();
    print("CPU: %s, 64-bit%s.\n", cpu_name(name),
          cpu_features() & CPU_FEATURE_NX ? ", NX" : ", no NX");
}
