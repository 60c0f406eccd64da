/*
 * status.c - keeps the screen's status row up to date.  The timer drives it, so
 * it is updated while a command runs, and stops if interrupts do.
 */
#include "kernel/shell/status.h"

#include "kernel/console/console.h"
#include "kernel/input/keyboard_device.h"
#include "kernel/memory/frames.h"
#include "kernel/shell/internal/status_text.h"
#include "kernel/time/timer.h"
#include "lib/units.h"

static struct status_facts shown;

void status_tick(void)
{
    struct status_facts now = {
        .uptime_s = timer_uptime_us() / US_PER_SECOND,
        .free_bytes = frames_free_bytes(),
        .usable_bytes = frames_usable_bytes(),
        .layout = keyboard_device_layout()->name,
        .locks = keyboard_device_locks(),
        .rows_back = console_rows_back(),
    };
    char text[STATUS_SIZE];

    if (status_equal(&now, &shown))
        return;
    status_text(text, &now);
    console_status(text);
    shown = now;
}
