/*
 * boot_times.c - the flight recorder, and what it shows about this boot.
 *
 * The recorder (include/recorder.h) is in low memory, where stage 2 began it;
 * both write stamps with lib/milestone.h.  Times are the TSC's, so they need
 * tsc_calibrate() first; without it the milestones are shown without times.
 */
#include "kernel/boot/boot_times.h"

#include <stdbool.h>

#include "kernel/boot/internal/boot_chart.h"
#include "kernel/console/console.h"
#include "kernel/memory/physical.h"
#include "kernel/time/tsc.h"
#include "lib/format.h"
#include "lib/milestone.h"

#define INDENT "      " /* of a second row: as wide as "Boot: " */
#define ITEM_MAX 48
#define BLOCK "\u2588"

static struct recorder *recorder;
static bool tsc_present;

void boot_times_start(const struct boot_info *info)
{
    if (!physical_reachable(info->recorder, sizeof(struct recorder)))
        return;

    struct recorder *found = physical_pointer(info->recorder);

    if (found->magic == RECORDER_MAGIC && found->count <= RECORDER_MAX)
        recorder = found;
    tsc_present = info->cpu_features & CPU_FEATURE_TSC;
    milestone_use_recorder(recorder, tsc_present);
}

static const char *milestone_text(uint32_t milestone)
{
    switch (milestone) {
#define MILESTONE(number, name, text) \
    case number: { \
        return text; \
    }
#include "milestones.def"
#undef MILESTONE
    default: return "unknown";
    }
}

/* Tenths of a millisecond from the first stamp to number `i`. */
static uint64_t tenths_until(uint32_t i)
{
    return boot_chart_tenths(tsc_to_us(recorder->entries[i].tsc - recorder->entries[0].tsc));
}

static size_t format_item(char *item, uint32_t i, bool timed)
{
    const char *text = milestone_text(recorder->entries[i].milestone);
    const char *comma = i + 1 < recorder->count ? "," : "";

    if (!timed)
        return format_string(item, ITEM_MAX, "%s%s", text, comma);

    uint64_t tenths = tenths_until(i);

    return format_string(item, ITEM_MAX, "%s %lu.%lu%s", text, tenths / 10, tenths % 10, comma);
}

/*
 * Prints all milestones, then `end`, starting at `column`.  An item that would
 * reach the screen's last column moves to the next row as a whole.
 */
static void print_milestones(size_t column, bool timed, const char *end)
{
    for (uint32_t i = 0; i < recorder->count; i++) {
        char item[ITEM_MAX];
        size_t length = 1 + format_item(item, i, timed);

        if (column + length >= VGA_COLUMNS)
            column = printk("\n" INDENT) - 1;
        else if (i > 0)
            column += printk(" ");
        column += printk("%s", item);
    }
    printk("%s\n", end);
}

static bool is_empty(void)
{
    return recorder == NULL || recorder->count == 0;
}

/* Why there are no times, or NULL if there are. */
static const char *untimed_reason(void)
{
    if (tsc_hz() != 0 && recorder->entries[0].tsc != 0)
        return NULL;
    return tsc_present ? "the TSC could not be calibrated" : "no TSC";
}

void boot_times_print(void)
{
    if (is_empty()) {
        printk("Boot: not timed: there is no flight recorder.\n");
    } else if (untimed_reason() != NULL) {
        print_milestones(printk("Boot: not timed, %s (", untimed_reason()), false, ")");
    } else {
        uint64_t tenths = tenths_until(recorder->count - 1);

        print_milestones(printk("Boot: %lu.%lu ms (", tenths / 10, tenths % 10), true, ")");
    }
}

/* From the first stamp to number `i`: microseconds, or ticks if their rate is unknown. */
static uint64_t span_until(uint32_t i, bool timed)
{
    uint64_t ticks = recorder->entries[i].tsc - recorder->entries[0].tsc;

    return timed ? tsc_to_us(ticks) : ticks;
}

/* A bar of full blocks (U+2588) looks better than the row's bar of #. */
static void print_row(const char *row)
{
    char bar[BOOT_CHART_BAR * (sizeof BLOCK - 1) + 1] = "";
    size_t text = 0, length = 0;

    while (row[text] != '\0' && row[text] != '#')
        text++;
    for (size_t i = text; row[i] == '#'; i++)
        length += format_string(bar + length, sizeof bar - length, BLOCK);
    printk("%.*s", (int)text, row);
    printk_styled(CONSOLE_CHART, "%s\n", bar);
}

void boot_times_print_chart(void)
{
    char row[BOOT_CHART_ROW];

    if (is_empty()) {
        printk("There is no flight recorder.\n");
        return;
    }

    bool timed = untimed_reason() == NULL;
    struct boot_chart_step step = {.timed = timed, .total = span_until(recorder->count - 1, timed)};

    if (!timed)
        printk("Not timed: %s.\n", untimed_reason());
    boot_chart_head(row, timed ? step.total : 0);
    printk_styled(CONSOLE_HEADING, "%s\n", row);
    for (uint32_t i = 0; i < recorder->count; i++) {
        step.name = milestone_text(recorder->entries[i].milestone);
        step.data = recorder->entries[i].data;
        step.from = step.to;
        step.to = span_until(i, timed);
        boot_chart_row(row, &step);
        print_row(row);
    }
    printk("data, in hexadecimal: drive, way to A20, CPU features, ranges of memory,\n"
           "the kernel's LBA, its bytes, its XXH32, its entry; the last two have none\n");
}

void boot_times_print_passed(void)
{
    if (!is_empty())
        print_milestones(printk("Passed: "), false, ".");
}
