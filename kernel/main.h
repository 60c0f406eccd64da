/* main.h - the function that entry.asm calls. */
#ifndef FIRSTLIGHT_KERNEL_MAIN_H
#define FIRSTLIGHT_KERNEL_MAIN_H

#include <stdint.h>

/* `boot_info_address` is physical, as the loader passed it in RDI. */
void kernel_main(uint64_t boot_info_address) __attribute__((noreturn));

#endif
