/*
 * is_ready.c - takes back the note that the loader leaves when it enters a kernel laid out by a student's script.
 *
 * A wrong layout can fail anywhere between the first instruction and the last step of the start, after
 * which kernel_main() prints how long each took.
 */
#include "kernel/boot/boot_times.h"
#include "tools/labs/mine/kernel/kernel_link.h"

void __wrap_boot_times_print(void);
void __real_boot_times_print(void);

void __wrap_boot_times_print(void)
{
    kernel_link_leave(0);
    __real_boot_times_print();
}
