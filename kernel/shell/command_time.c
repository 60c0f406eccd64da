/*
 * command_time.c - the commands about time and interrupts.
 */
#include "kernel/console/console.h"
#include "kernel/interrupts/irq.h"
#include "kernel/power/acpi.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/time/rtc.h"
#include "kernel/time/timer.h"
#include "kernel/time/tsc.h"
#include "lib/units.h"

#define SECONDS_PER_MINUTE 60
#define SECONDS_PER_HOUR 3600
#define SECONDS_PER_DAY 86400

void command_uptime(int argc, const char *const argv[])
{
    uint64_t ms = timer_uptime_us() / US_PER_MS;
    uint64_t seconds = ms / MS_PER_SECOND;

    (void)argc;
    (void)argv;
    printk("Up for ");
    if (seconds >= SECONDS_PER_DAY)
        printk("%lu d ", seconds / SECONDS_PER_DAY);
    printk("%02lu:%02lu:%02lu.%03lu since the kernel started its clock.\n",
           seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR,
           seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE, seconds % SECONDS_PER_MINUTE,
           ms % MS_PER_SECOND);
    if (!timer_ticks())
        printk("The timer does not interrupt, so devices are polled.\n");
    if (tsc_hz() == 0)
        printk("The TSC could not be calibrated: times are exact to 10 ms only.\n");
}

void command_date(int argc, const char *const argv[])
{
    struct date_time t;

    (void)argc;
    (void)argv;
    switch (rtc_read(acpi_century_register(), &t)) {
    case RTC_OK:
        printk("%s, %04u-%02u-%02u %02u:%02u:%02u\n", calendar_weekday(&t), t.year, t.month, t.day,
               t.hour, t.minute, t.second);
        break;
    case RTC_BUSY:
        printk("The clock at ports 70h and 71h never stops updating: there may be none.\n");
        break;
    case RTC_UNSTABLE:
        printk("The clock at ports 70h and 71h gives a different time at each reading.\n");
        break;
    case RTC_NONSENSE:
        printk("The clock at ports 70h and 71h shows no date and time: set it in the firmware.\n");
        break;
    }
}

void command_irq(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    printk_styled(CONSOLE_HEADING, "line  vector      count  spurious  device\n");
    for (unsigned i = 0; i < IRQ_LINES; i++) {
        const struct irq_line *line = irq_line(i);

        if (line->name != NULL || line->count > 0 || line->spurious > 0)
            printk("%4u     %02xh  %9lu  %8lu  %s\n", i, IRQ_VECTOR + i, line->count,
                   line->spurious, line->name != NULL ? line->name : "masked");
    }
}
