/*
 * status_text.c - composes the status row.
 */
#include "kernel/shell/internal/status_text.h"

#include "kernel/input/keyboard.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/units.h"

#define LINE " \xb3 " /* vertical, in code page 437 */
#define HINT "help lists commands "
#define S_PER_MINUTE 60
#define S_PER_HOUR 3600

bool status_equal(const struct status_facts *a, const struct status_facts *b)
{
    return a->uptime_s == b->uptime_s && a->free_bytes == b->free_bytes &&
           a->usable_bytes == b->usable_bytes && a->layout == b->layout && a->locks == b->locks &&
           a->rows_back == b->rows_back;
}

/* Free memory is rounded down and the total up, as in the boot's "Memory:" line. */
static size_t format_state(char text[STATUS_SIZE], const struct status_facts *f)
{
    return format_string(text, STATUS_SIZE,
                         " Firstlight" LINE "up %lu:%02lu:%02lu" LINE "%lu of %lu MiB free" LINE
                         "%s%s%s%s%s",
                         f->uptime_s / S_PER_HOUR, f->uptime_s % S_PER_HOUR / S_PER_MINUTE,
                         f->uptime_s % S_PER_MINUTE, f->free_bytes / MIB,
                         (f->usable_bytes + MIB - 1) / MIB, f->layout, f->locks ? LINE : "",
                         f->locks & LOCK_CAPS ? "CAPS " : "", f->locks & LOCK_NUM ? "NUM " : "",
                         f->locks & LOCK_SCROLL ? "SCROLL " : "");
}

void status_text(char text[STATUS_SIZE], const struct status_facts *facts)
{
    if (facts->rows_back > 0) {
        format_string(text, STATUS_SIZE,
                      " Scrolled back %u rows" LINE "Shift+PageUp, Shift+PageDown" LINE
                      "typing ends it",
                      facts->rows_back);
        return;
    }

    size_t length = format_state(text, facts);

    if (length + sizeof HINT <= VGA_COLUMNS)
        format_string(text + length, STATUS_SIZE - length, "%*s", (int)(VGA_COLUMNS - length),
                      HINT);
}
