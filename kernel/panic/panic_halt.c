/*
 * panic_halt.c - the end of a panic: halts with interrupts off, so that nothing wakes the CPU.
 */
#include "kernel/panic/internal/panic_case.h"
#include "lib/cpu.h"

void panic_halt(void)
{
    for (;;)
        cpu_halt();
}
