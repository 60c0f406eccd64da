/*
 * test_memory_report.c - "Memory: ... detected." for maps of all kinds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "kernel/console/console.h"
#include "kernel/memory/memory_report.h"
#include "layout.h"

#define MIB (1ull << 20)

static char said[100];
uint64_t physical_base; /* physical addresses are pointers here */

size_t printk(const char *fmt, ...)
{
    va_list args;
    int length;

    va_start(args, fmt);
    length = vsnprintf(said, sizeof said, fmt, args);
    va_end(args);
    return (size_t)length;
}

static void expect_report(const struct memory_range *map, unsigned n, const char *text)
{
    const struct boot_info info = { .memory_map = (uintptr_t)map,
                                    .memory_map_entries = n };

    memory_report(&info);
    assert_string_equal(said, text);
}

static void test_what_loader_and_kernel_occupy_counts_as_ram(void **state)
{
    const struct memory_range map[] = { { 0, 2 * MIB, MEMORY_LOADER, 1 },
                                        { 2 * MIB, 3 * MIB, MEMORY_KERNEL, 1 },
                                        { 5 * MIB, 5 * MIB, MEMORY_USABLE, 1 } };
    (void)state;
    expect_report(map, 3, "Memory: 10 MiB detected.\n");
}

static void test_what_is_not_ram_does_not_count(void **state)
{
    const struct memory_range map[] = { { 0, 4 * MIB, MEMORY_USABLE, 1 },
                                        { 4 * MIB, 4 * MIB, MEMORY_RESERVED, 1 },
                                        { 8 * MIB, 4 * MIB, MEMORY_ACPI_RECLAIMABLE, 1 },
                                        { 12 * MIB, 4 * MIB, MEMORY_ACPI_NVS, 1 },
                                        { 16 * MIB, 4 * MIB, MEMORY_BAD, 1 } };
    (void)state;
    expect_report(map, 5, "Memory: 4 MiB detected.\n");
}

static void test_part_of_a_mib_counts_as_one(void **state)
{
    const struct memory_range map[] = { { 0, 127 * MIB + 1, MEMORY_USABLE, 1 } };
    (void)state;
    expect_report(map, 1, "Memory: 128 MiB detected.\n");
}

static void test_whole_gib_are_printed_as_gib(void **state)
{
    const struct memory_range whole[] = { { 0, 3072 * MIB - 5, MEMORY_USABLE, 1 } };
    const struct memory_range more[] = { { 0, 3072 * MIB + 1, MEMORY_USABLE, 1 } };
    (void)state;
    expect_report(whole, 1, "Memory: 3 GiB detected.\n");
    expect_report(more, 1, "Memory: 3073 MiB detected.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_loader_and_kernel_occupy_counts_as_ram),
        cmocka_unit_test(test_what_is_not_ram_does_not_count),
        cmocka_unit_test(test_part_of_a_mib_counts_as_one),
        cmocka_unit_test(test_whole_gib_are_printed_as_gib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
