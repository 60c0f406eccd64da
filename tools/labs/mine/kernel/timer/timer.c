/*
 * timer.c - the kernel's timer (kernel/time/timer.h) with a student's ticks: they are the clock.
 *
 * ld's --wrap leads the kernel's calls here.  The time is the number of ticks, so it is exact to a tick, 10 ms.
 */
#include "kernel/time/timer.h"

#include <stddef.h>

#include "docs/labs/10-timer-and-keyboard/timer.h"
#include "kernel/console/console.h"
#include "kernel/interrupts/irq.h"
#include "kernel/time/delay.h"
#include "lib/cpu.h"
#include "tools/labs/mine/kernel/kernel_link.h"
#include "tools/labs/mine/kernel/kernel_link_irq.h"

#define HZ 100
#define SPURIOUS_LINE 7 /* of the first PIC */
#define TICK_MS (1000 / HZ)
#define TICK_US (TICK_MS * 1000u)

void __wrap_timer_start(void);
void __wrap_timer_on_tick(void (*call)(void));
bool __wrap_timer_ticks(void);
uint64_t __wrap_timer_uptime_us(void);
void __wrap_timer_sleep_ms(unsigned ms);
void __wrap_pic_end_spurious(unsigned line);
void __real_pic_end_spurious(unsigned line);

static bool started, ticked;
static bool reported; /* that a tick was not counted */
static void (*on_tick)(void);

static uint64_t count(void)
{
    return started ? timer_count() : 0;
}

/* Calls the student's handler, which counts the tick and ends the interrupt. */
static void handle(void)
{
    uint64_t before = count();
    uint32_t note = kernel_link_enter(LINK_TIMER);

    timer_interrupt();
    kernel_link_leave(note);
    if (count() == before + 1 || reported)
        return;
    reported = true;
    printk("%s",
           kernel_link_sentence(
               LINK_TIMER, "returned from timer_interrupt(), and the count went from %lu to %lu",
               before, count()));
}

static void tick(void)
{
    ticked = true;
    handle();
    if (on_tick != NULL)
        on_tick();
}

void __wrap_timer_start(void)
{
    uint32_t note = kernel_link_enter(LINK_TIMER);

    timer_setup(HZ);
    kernel_link_leave(note);
    started = true;
    kernel_link_check_setup(LINK_TIMER, "timer_setup", 1u << IRQ_TIMER);
    kernel_link_take_line(IRQ_TIMER, "timer", tick);
}

void __wrap_timer_on_tick(void (*call)(void))
{
    on_tick = call;
}

bool __wrap_timer_ticks(void)
{
    return __atomic_load_n(&ticked, __ATOMIC_RELAXED);
}

uint64_t __wrap_timer_uptime_us(void)
{
    return count() * TICK_US;
}

void __wrap_pic_end_spurious(unsigned line)
{
    if (line == SPURIOUS_LINE)
        timer_spurious();
    else
        __real_pic_end_spurious(line);
}

/* The first tick may come at once, so one more is needed. */
void __wrap_timer_sleep_ms(unsigned ms)
{
    uint64_t end = count() + (ms + TICK_MS - 1) / TICK_MS + 1;

    if (!__wrap_timer_ticks() || !cpu_interrupts_enabled()) {
        while (ms-- > 0)
            delay_us(1000);
        return;
    }
    while (count() < end)
        cpu_wait_for_interrupt();
}
