/*
 * boot_chart.c - draws the bars: only rounding and alignment.
 *
 *     milestone      at ms  took us     data 0                               16.8 ms
 *     memory map       2.8     1822        7    #####
 */
#include "kernel/boot/internal/boot_chart.h"

#include <stddef.h>

#include "lib/format.h"

#define TIME_MAX 24 /* the longest 64-bit number, with a point in it */

uint64_t boot_chart_tenths(uint64_t us)
{
    return us / 100 + (us % 100 >= 50);
}

/* Column 0 to BOOT_CHART_BAR, rounded, for a span that is at most the total. */
static size_t column_of(uint64_t span, uint64_t total)
{
    while (total >> 56 != 0) { /* leaves room for the factor below */
        total >>= 1;
        span >>= 1;
    }
    return total == 0 ? 0 : (size_t)((span * BOOT_CHART_BAR * 2 + total) / (total * 2));
}

void boot_chart_bar(char bar[BOOT_CHART_BAR + 1], uint64_t from, uint64_t to, uint64_t total)
{
    if (to > total)
        to = total;
    if (from > to)
        from = to;

    size_t start = column_of(from, total);
    size_t end = column_of(to, total);

    if (from < to && start == end) {
        start -= end == BOOT_CHART_BAR;
        end = start + 1;
    }
    for (size_t i = 0; i < end; i++)
        bar[i] = i < start ? ' ' : '#';
    bar[end] = '\0';
    if (start == end)
        bar[0] = '\0'; /* no trailing blanks without a bar */
}

static const char *format_ms(char text[TIME_MAX], uint64_t us)
{
    uint64_t tenths = boot_chart_tenths(us);

    format_string(text, TIME_MAX, "%llu.%u", (unsigned long long)(tenths / 10),
                  (unsigned)(tenths % 10));
    return text;
}

void boot_chart_head(char row[BOOT_CHART_ROW], uint64_t total)
{
    char ms[TIME_MAX];

    if (total == 0)
        format_string(row, BOOT_CHART_ROW, "%-12s %7s %8s %8s", "milestone", "at ms", "took us",
                      "data");
    else
        format_string(row, BOOT_CHART_ROW, "%-12s %7s %8s %8s 0%36s ms", "milestone", "at ms",
                      "took us", "data", format_ms(ms, total));
}

void boot_chart_row(char row[BOOT_CHART_ROW], const struct boot_chart_step *step)
{
    char bar[BOOT_CHART_BAR + 1], at[TIME_MAX] = "-", took[TIME_MAX] = "-";

    boot_chart_bar(bar, step->from, step->to, step->total);
    if (step->timed) {
        uint64_t us = step->to > step->from ? step->to - step->from : 0;

        format_ms(at, step->to);
        format_string(took, TIME_MAX, "%llu", (unsigned long long)us);
    }
    format_string(row, BOOT_CHART_ROW, "%-12.12s %7s %8s %8x%s%s", step->name, at, took, step->data,
                  bar[0] == '\0' ? "" : " ", bar);
}
