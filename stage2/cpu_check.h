/*
 * cpu_check.h - whether this CPU can run a 64-bit kernel.
 */
#ifndef STAGE2_CPU_CHECK_H
#define STAGE2_CPU_CHECK_H

#include <stdint.h>

/*
 * CPU_FEATURE_* bits (boot_info.h) of this CPU.  Works on every 32-bit CPU: one without
 * CPUID has none.
 */
uint32_t cpu_features(void);

/* Prints what the CPU is, or ends the boot with the first feature that it lacks. */
void cpu_check(void);

#endif
