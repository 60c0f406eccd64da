/*
 * cpuid.h - the leaves and bits of CPUID that Firstlight uses.
 * Intel SDM 2A, CPUID; AMD APM 3, appendix E.
 */
#ifndef FIRSTLIGHT_LIB_CPUID_H
#define FIRSTLIGHT_LIB_CPUID_H

#define CPUID_VENDOR 0u

#define CPUID_FEATURES 1u
#define CPUID_FEATURES_EDX_TSC (1u << 4)
#define CPUID_FEATURES_EDX_MSR (1u << 5)
#define CPUID_FEATURES_EDX_PAE (1u << 6)
#define CPUID_FEATURES_EDX_MCE (1u << 7)
#define CPUID_FEATURES_EDX_MCA (1u << 14)
#define CPUID_FEATURES_ECX_RDRAND (1u << 30)
#define CPUID_FEATURES_ECX_HYPERVISOR (1u << 31)

#define CPUID_EXTENDED_MAX 0x80000000u /* EAX: the highest extended leaf */

#define CPUID_EXTENDED 0x80000001u
#define CPUID_EXTENDED_EDX_NX (1u << 20)
#define CPUID_EXTENDED_EDX_PAGE1GB (1u << 26)
#define CPUID_EXTENDED_EDX_LM (1u << 29)

#define CPUID_NAME 0x80000002u /* and the next two leaves: 16 characters each */

#define CPUID_ADDRESS_SIZES 0x80000008u /* EAX 7-0: bits of a physical address */

#endif
