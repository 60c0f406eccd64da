/*
 * panic_halt.c - the end of a panic: interrupts are off, nothing wakes the CPU.
 */
#include "kernel/panic/panic_internal.h"
#include "lib/cpu.h"

void panic_halt(void)
{
    for (;;)
        cpu_halt();
}
