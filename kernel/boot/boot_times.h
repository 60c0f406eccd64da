/* boot_times.h - takes over the flight recorder, and shows what is in it. */
#ifndef FIRSTLIGHT_KERNEL_BOOT_BOOT_TIMES_H
#define FIRSTLIGHT_KERNEL_BOOT_BOOT_TIMES_H

#include "boot_info.h"

/* Takes over the recorder that the loader began; a damaged one is not used. */
void boot_times_start(const struct boot_info *info);

/* "Boot: 23.4 ms (stage 2 0.0, ...)": milliseconds since the first stamp. */
void boot_times_print(void);

/* The same as a bar chart, with the data word of each stamp. */
void boot_times_print_chart(void);

/* "Passed: stage 2, A20, ...": for a panic, at most two rows. */
void boot_times_print_passed(void);

#endif
