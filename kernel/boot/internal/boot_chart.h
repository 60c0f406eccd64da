/*
 * boot_chart.h - one milestone of the boot as a row of a bar chart.
 *
 * Pure: boot_times.c supplies the numbers and prints the text.
 */
#ifndef FIRSTLIGHT_KERNEL_BOOT_INTERNAL_BOOT_CHART_H
#define FIRSTLIGHT_KERNEL_BOOT_INTERNAL_BOOT_CHART_H

#include <stdbool.h>
#include <stdint.h>

#define BOOT_CHART_BAR 40 /* characters for the whole boot */
#define BOOT_CHART_ROW 80 /* at most 79 characters, so that no row wraps */

/* A step of the boot: from the previous milestone to this one, since the first. */
struct boot_chart_step {
    const char *name;
    uint32_t data;
    bool timed; /* the spans below are microseconds, else ticks of unknown length */
    uint64_t from;
    uint64_t to;
    uint64_t total; /* of the whole boot */
};

/* Tenths of a millisecond, rounded. */
uint64_t boot_chart_tenths(uint64_t us);

/*
 * A bar that begins where the step does within the boot, as long as its share
 * of it, rounded.  A step that took any time at all gets at least one
 * character.
 */
void boot_chart_bar(char bar[BOOT_CHART_BAR + 1], uint64_t from, uint64_t to, uint64_t total);

/* The line above the rows; `total` is in microseconds, 0 if unknown. */
void boot_chart_head(char row[BOOT_CHART_ROW], uint64_t total);

void boot_chart_row(char row[BOOT_CHART_ROW], const struct boot_chart_step *step);

#endif
