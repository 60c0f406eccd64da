/* reset.h - restarts the machine. */
#ifndef FIRSTLIGHT_KERNEL_POWER_RESET_H
#define FIRSTLIGHT_KERNEL_POWER_RESET_H

/* Tries every way that a PC has, the clean ones first. */
void reset_machine(void) __attribute__((noreturn));

#endif
