/*
 * stack_guard.h - the stack protector's secret (-fstack-protector-strong).
 *
 * The compiler puts a canary, a copy of a random number, between a function's
 * arrays and its return address, and looks at it before the function returns.
 */
#ifndef FIRSTLIGHT_KERNEL_PANIC_STACK_GUARD_H
#define FIRSTLIGHT_KERNEL_PANIC_STACK_GUARD_H

/*
 * Chooses the canary, by RDRAND if the CPU has it, else from the time stamp
 * counter.  Called by a function that never returns, because one that does
 * would compare the new canary with its copy of the old one.
 */
void stack_guard_start(void);

#endif
