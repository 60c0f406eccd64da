/*
 * main.c - the order in which everything starts.  entry.asm calls kernel_main
 * on the kernel's own stack with interrupts disabled; it never returns.
 */
#include <stdint.h>

#include "kernel/boot/boot_times.h"
#include "kernel/boot/handover.h"
#include "kernel/console/console.h"
#include "kernel/console/log.h"
#include "kernel/cpu/gdt.h"
#include "kernel/input/input.h"
#include "kernel/interrupts/idt.h"
#include "kernel/interrupts/irq.h"
#include "kernel/main.h"
#include "kernel/memory/memory.h"
#include "kernel/memory/memory_report.h"
#include "kernel/panic/stack_guard.h"
#include "kernel/shell/shell.h"
#include "kernel/shell/status.h"
#include "kernel/time/timer.h"
#include "kernel/time/tsc.h"
#include "kernel/version.h"
#include "lib/cpu.h"
#include "lib/milestone.h"

/* Updates the screen, then its status row. */
static void on_tick(void)
{
    console_tick();
    status_tick();
}

void kernel_main(uint64_t boot_info_address)
{
    stack_guard_start(); /* a secret number between arrays and return addresses */
    gdt_start();         /* our own segments, and stacks for the worst cases */
    idt_start();         /* from here on a fault is reported instead of resetting */
    const struct boot_info *info = handover_accept(boot_info_address); /* is it valid? */
    info = memory_start(info);            /* our own page tables, all frames */
    boot_times_start(info);               /* continues the loader's stamps */
    milestone_stamp(MILESTONE_KERNEL, 0); /* the kernel is running */
    console_start(info);                  /* screen and serial port */
    tsc_calibrate(info);                  /* 2 ms: the TSC's rate */
    irq_start();                          /* interrupt lines, all of them masked */
    timer_start();                        /* a tick every 10 ms, and the clock */
    input_start();                        /* keyboard and serial terminal */
    timer_on_tick(on_tick);
    cpu_enable_interrupts();

    printk_styled(CONSOLE_TITLE, "Firstlight v" FIRSTLIGHT_VERSION "\n");
    log_info("Hardware initialized.");
    memory_report(info);                 /* how much RAM there is */
    console_report();                    /* where output goes */
    input_report();                      /* problems of the keyboard */
    milestone_stamp(MILESTONE_READY, 0); /* everything is set up */
    boot_times_print();                  /* where the time went */
    printk_styled(CONSOLE_SUCCESS, "Hello, World!\n");
    status_tick(); /* shows the status row before the first tick */

    shell_run(); /* the prompt; never returns */
}
