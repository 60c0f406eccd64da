/*
 * main.c - the order of things.  entry.asm calls kernel_main on the
 * kernel's own stack, interrupts disabled; it never returns.
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

/* The screen is brought up to date, and then its last row. */
static void on_tick(void)
{
    console_tick();
    status_tick();
}

void kernel_main(uint64_t boot_info_address)
{
    stack_guard_start(); /* a secret between arrays and return addresses */
    gdt_start(); /* own segments, and stacks for the worst cases */
    idt_start(); /* from here on a fault is a report, not a reset */
    const struct boot_info *info = handover_accept(boot_info_address); /* ours? */
    info = memory_start(info);           /* own page tables, all frames */
    boot_times_start(info);              /* goes on where the loader's stamps end */
    milestone_stamp(MILESTONE_KERNEL, 0); /* the kernel runs */
    console_start(info);                 /* screen and serial port */
    tsc_calibrate(info);                 /* 2 ms: how fast does the clock tick? */
    irq_start();                         /* interrupt lines, all of them masked */
    timer_start();                       /* a tick every 10 ms, and the clock */
    input_start();                       /* keyboard and serial terminal */
    timer_on_tick(on_tick);
    cpu_enable_interrupts();

    printk_styled(CONSOLE_TITLE, "Firstlight v" FIRSTLIGHT_VERSION "\n");
    log_info("Hardware initialized.");
    memory_report(info);                /* how much RAM */
    console_report();                   /* what we print to */
    input_report();                     /* what we can't listen to */
    milestone_stamp(MILESTONE_READY, 0); /* nothing is left to be set up */
    boot_times_print();                 /* where the time went */
    printk_styled(CONSOLE_SUCCESS, "Hello, World!\n");
    status_tick(); /* no tick has to come for it to be seen */

    shell_run(); /* the prompt, for ever */
}
