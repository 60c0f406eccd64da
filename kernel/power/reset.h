/* reset.h - starting the machine again. */
#ifndef FIRSTLIGHT_KERNEL_POWER_RESET_H
#define FIRSTLIGHT_KERNEL_POWER_RESET_H

/* Tries every way that a PC has, the polite ones first. */
void reset_machine(void) __attribute__((noreturn));

#endif
