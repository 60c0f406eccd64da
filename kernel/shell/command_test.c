/*
 * command_test.c - `test`: what a running kernel can check about itself.
 *
 * Each check asks the machine, not the variables that the kernel set.  Tests
 * that provoke failures need an image of their own (tests/kernel/).
 */
#include <stddef.h>

#include "kernel/console/console.h"
#include "kernel/cpu/gdt.h"
#include "kernel/cpu/registers.h"
#include "kernel/debug/descriptors.h"
#include "kernel/debug/kernel_symbols.h"
#include "kernel/debug/page_walk.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/memory/frames.h"
#include "kernel/memory/page_tables.h"
#include "kernel/memory/physical.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/time/timer.h"
#include "lib/units.h"

#define SLEEP_MS 20
#define SLEEP_MAX_MS 2000 /* allows for a busy host */
#define PATTERN 0x0123456789abcdeful

static bool read_physical(uint64_t physical, uint64_t *value)
{
    return physical_reachable(physical, sizeof *value) &&
           safe_read_u64((uint64_t)physical_pointer(physical), value);
}

/* True if the page tables let the kernel write to `address`: every level must agree. */
static bool is_writable(uint64_t address)
{
    struct page_walk walk = page_walk(read_cr3(), address, read_physical);
    bool writable = walk.mapped;

    for (unsigned i = 0; i < walk.count; i++)
        writable = writable && walk.steps[i].entry & PAGE_RW;
    return writable;
}

static bool null_is_not_mapped(void)
{
    uint8_t byte;

    return !safe_read_byte(0, &byte);
}

static bool code_is_readable_not_writable(void)
{
    uint8_t byte;

    return safe_read_byte((uint64_t)command_test, &byte) && !is_writable((uint64_t)command_test);
}

static bool data_is_writable(void)
{
    static uint64_t word;

    return is_writable((uint64_t)&word);
}

static bool task_register_is_loaded(void)
{
    struct table_register gdtr = read_gdtr();
    uint64_t low = 0;

    return read_tr() == SELECTOR_TSS && safe_read_u64(gdtr.base + SELECTOR_TSS, &low) &&
           descriptor_decode(low, 0).is_system;
}

static bool interrupts_are_enabled(void)
{
    return cpu_interrupts_enabled();
}

static bool frames_hold_what_is_written(void)
{
    uint64_t frame = frame_allocate();

    if (frame == FRAME_NONE)
        return false;

    volatile uint64_t *word = physical_pointer(frame);

    *word = PATTERN;
    bool held = *word == PATTERN;
    *word = ~PATTERN;
    held = held && *word == ~PATTERN;
    frame_free(frame);
    return held;
}

static bool sleeping_takes_time(void)
{
    uint64_t before = timer_uptime_us();

    timer_sleep_ms(SLEEP_MS);

    uint64_t slept = timer_uptime_us() - before;

    return slept >= SLEEP_MS * US_PER_MS && slept < SLEEP_MAX_MS * US_PER_MS;
}

static bool symbols_name_this_function(void)
{
    struct symbol_place place;

    return kernel_symbols_find((uint64_t)command_test, false, &place);
}

static const struct check {
    const char *text;
    bool (*holds)(void);
} checks[] = {
    {"address 0 is not mapped", null_is_not_mapped},
    {"code can be read, not written", code_is_readable_not_writable},
    {"data can be written", data_is_writable},
    {"the task register holds a TSS", task_register_is_loaded},
    {"interrupts are enabled", interrupts_are_enabled},
    {"a fresh memory frame holds what is written to it", frames_hold_what_is_written},
    {"sleeping takes as long as it should", sleeping_takes_time},
    {"the kernel knows the names of its functions", symbols_name_this_function},
};

void command_test(int argc, const char *const argv[])
{
    unsigned failed = 0;

    (void)argc;
    (void)argv;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        bool holds = checks[i].holds();

        printk_styled(holds ? CONSOLE_SUCCESS : CONSOLE_ALARM, "%s", holds ? "ok    " : "FAILED");
        printk("  %s\n", checks[i].text);
        failed += !holds;
    }
    printk("%zu passed, %u failed.  All kernel tests: \"make kernel-tests\", then boot\n"
           "build/tests/kernel.img.\n",
           sizeof checks / sizeof checks[0] - failed, failed);
}
