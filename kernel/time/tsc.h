/* tsc.h - the time stamp counter as a clock. */
#ifndef FIRSTLIGHT_KERNEL_TIME_TSC_H
#define FIRSTLIGHT_KERNEL_TIME_TSC_H

#include <stdint.h>

#include "boot_info.h"

/* Measures the TSC against the PIT: about 2 ms, more if the machine is disturbed. */
void tsc_calibrate(const struct boot_info *info);

/* Ticks per second; 0 without a TSC, or if the PIT did not answer. */
uint64_t tsc_hz(void);

/* A span of ticks in microseconds, rounded down; 0 if tsc_hz() is 0. */
uint64_t tsc_to_us(uint64_t ticks);

#endif
