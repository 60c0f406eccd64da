/*
 * stack_guard.h - the stack protector's secret value (-fstack-protector-strong).
 *
 * The compiler puts a canary, a copy of a random number, between a function's
 * arrays and its return address, and checks it before the function returns.
 */
#ifndef FIRSTLIGHT_KERNEL_PANIC_STACK_GUARD_H
#define FIRSTLIGHT_KERNEL_PANIC_STACK_GUARD_H

/*
 * Chooses the canary, with RDRAND if the CPU has it, else from the time stamp
 * counter.  Must be called by a function that never returns: one that does
 * would compare the new canary with its copy of the old one.
 */
void stack_guard_start(void);

#endif
