/*
 * printk.c - the kernel itself, but instead of starting the shell it prints
 * lines of 80 characters and ends.  tools/bench/console_cost.py counts what
 * they cost.
 *
 * The linker's --wrap puts it in place of the shell: screen, serial port and
 * timer are in the same state as for the shell.
 */
#include "kernel/console/console.h"
#include "kernel/time/timer.h"
#include "lib/cpu.h"
#include "lib/port.h"
#include "lib/vga_text.h"

#define DEBUG_EXIT_PORT 0xf4
#define LINES 1000 /* console_cost.py reads it */

/* The instructions between these two are counted. */
void printk_lines_begin(void);
void printk_lines_end(void);
void __wrap_shell_run(void);

__attribute__((noinline)) void printk_lines_begin(void)
{
    __asm__ volatile("");
}

__attribute__((noinline)) void printk_lines_end(void)
{
    __asm__ volatile("");
}

static void print_lines(unsigned lines)
{
    while (lines-- > 0)
        printk("A line as a kernel prints them: eighty characters, and it scrolls the screen, "
               "so\n");
}

void __wrap_shell_run(void)
{
    while (!timer_ticks()) /* before the first tick, each line is shown at once */
        cpu_wait_for_interrupt();
    print_lines(VGA_ROWS); /* the screen is full: each further line scrolls it */
    printk_lines_begin();
    print_lines(LINES);
    printk_lines_end();
    outb(DEBUG_EXIT_PORT, 0);
    for (;;)
        cpu_halt();
}
