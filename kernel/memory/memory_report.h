/* memory_report.h - how much memory the machine has. */
#ifndef FIRSTLIGHT_KERNEL_MEMORY_MEMORY_REPORT_H
#define FIRSTLIGHT_KERNEL_MEMORY_MEMORY_REPORT_H

#include "boot_info.h"

/* Prints the amount of RAM: in GiB if it is a whole number, else in MiB. */
void memory_report(const struct boot_info *info);

#endif
