/*
 * command_memory.c - the commands that look at memory: mem, dump and pages.
 *
 * `mem` draws one screen row for all memory up to the end of RAM; each cell
 * shows the type that covers most of its part.  `dump` and `pages` take any
 * address that the user may type: one that cannot be read is reported and never
 * causes a fault.
 */
#include <stdint.h>

#include "kernel/boot/handover.h"
#include "kernel/console/console.h"
#include "kernel/debug/canonical.h"
#include "kernel/debug/print_machine.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/memory/frames.h"
#include "kernel/memory/heap.h"
#include "kernel/memory/physical.h"
#include "kernel/shell/internal/arguments.h"
#include "kernel/shell/internal/commands.h"
#include "lib/units.h"

#define CELLS 64u

#define ROW_BYTES 16
#define GROUP_BYTES 4
#define DUMP_DEFAULT 128
#define DUMP_MAX 65536

/* ---- mem ---------------------------------------------------------------------- */

/* A type's name, and the symbol that draws it. */
static const struct kind {
    uint32_t type;
    char symbol;
    const char *name;
} kinds[] = {
    {MEMORY_USABLE, '.', "usable"},
    {MEMORY_LOADER, '.', "usable (was the loader's)"},
    {MEMORY_KERNEL, 'K', "kernel"},
    {MEMORY_ACPI_RECLAIMABLE, 'a', "ACPI tables"},
    {MEMORY_ACPI_NVS, 'n', "ACPI, non-volatile"},
    {MEMORY_BAD, '!', "defective"},
    {MEMORY_RESERVED, '#', "reserved"}, /* last: also for unknown types */
};

#define KINDS (sizeof kinds / sizeof kinds[0])

static unsigned kind_of(uint32_t type)
{
    unsigned i = 0;

    while (i < KINDS - 1 && kinds[i].type != type)
        i++;
    return i;
}

/* How many bytes of [base, base + bytes) a range covers. */
static uint64_t overlap(const struct memory_range *range, uint64_t base, uint64_t bytes)
{
    uint64_t first = range->base > base ? range->base : base;
    uint64_t end = range->base + range->length, cell_end = base + bytes;

    if (end > cell_end)
        end = cell_end;
    return end > first ? end - first : 0;
}

/* The symbol of the type that covers most of a cell; a blank for a hole. */
static char cell(const struct memory_range *map, uint32_t entries, uint64_t base, uint64_t bytes)
{
    uint64_t sums[KINDS] = {0}, covered = 0;
    unsigned most = 0;

    for (uint32_t i = 0; i < entries; i++) {
        uint64_t part = overlap(&map[i], base, bytes);

        sums[kind_of(map[i].type)] += part;
        covered += part;
    }
    for (unsigned k = 1; k < KINDS; k++)
        if (sums[k] > sums[most])
            most = k;
    return covered > bytes / 2 ? kinds[most].symbol : ' ';
}

static uint64_t end_of_ram(const struct memory_range *map, uint32_t entries)
{
    uint64_t end = 0;

    for (uint32_t i = 0; i < entries; i++)
        if (map[i].type == MEMORY_USABLE)
            end = map[i].base + map[i].length;
    return end;
}

static void print_picture(const struct memory_range *map, uint32_t entries)
{
    uint64_t end = end_of_ram(map, entries);
    uint64_t bytes = (end + CELLS - 1) / CELLS;
    char row[CELLS + 1];

    for (unsigned i = 0; i < CELLS; i++)
        row[i] = cell(map, entries, i * bytes, bytes);
    row[CELLS] = '\0';
    printk("  0 |");
    printk_styled(CONSOLE_CHART, "%s", row);
    printk("| %lu MiB\n", end / MIB);
}

static void print_ranges(const struct memory_range *map, uint32_t entries)
{
    for (uint32_t i = 0; i < entries; i++) {
        const struct kind *kind = &kinds[kind_of(map[i].type)];

        printk("  %c %012lx - %012lx %11lu KiB  %s\n", kind->symbol, map[i].base,
               map[i].base + map[i].length - 1, map[i].length / KIB, kind->name);
    }
}

static void print_frames(void)
{
    struct frame_counts f = frames_count();
    const uint64_t kib = FRAME_SIZE / KIB;

    printk("Frames: %lu KiB usable, %lu free, %lu in use (peak %lu);\n", f.usable * kib,
           f.free * kib, (f.usable - f.free) * kib, f.most_used * kib);
    printk("        longest free run %lu KiB\n", f.longest_run * kib);
}

static void print_heap(void)
{
    struct heap_counts h = heap_count();

    printk("Heap:   %zu blocks, %zu bytes requested (peak %zu);\n", h.blocks, h.bytes,
           h.most_bytes);
    printk("        %zu regions, %zu KiB of frames\n", h.regions, h.region_bytes / KIB);
}

void command_mem(int argc, const char *const argv[])
{
    const struct boot_info *info = handover_boot_info();
    const struct memory_range *map = physical_pointer(info->memory_map);

    (void)argc;
    (void)argv;
    print_picture(map, info->memory_map_entries);
    print_ranges(map, info->memory_map_entries);
    print_frames();
    print_heap();
}

/* ---- dump and pages ------------------------------------------------------------ */

/* Someone who asks for a low address, b8000 or 7c00, usually means physical memory. */
static void print_where_physical_is(uint64_t address)
{
    if (physical_reachable(address, 1))
        printk("Physical address %lx is mapped at %lx.\n", address,
               (uint64_t)physical_pointer(address));
}

/* Returns how many of the row's bytes were read. */
static unsigned read_row(uint64_t address, unsigned count, uint8_t bytes[ROW_BYTES])
{
    unsigned read = 0;

    while (read < count && safe_read_byte(address + read, &bytes[read]))
        read++;
    return read;
}

static void print_row(uint64_t address, const uint8_t *bytes, unsigned count)
{
    char text[ROW_BYTES + 1];

    printk("%016lx ", address);
    for (unsigned i = 0; i < ROW_BYTES; i++) {
        printk("%s", i % GROUP_BYTES == 0 ? " " : "");
        if (i < count)
            printk("%02x", bytes[i]);
        else
            printk("  ");
    }
    for (unsigned i = 0; i < count; i++)
        text[i] = (char)(bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '.');
    text[count] = '\0';
    printk("  %s\n", text);
}

static void dump(uint64_t address, uint64_t length)
{
    while (length > 0) {
        uint8_t bytes[ROW_BYTES];
        unsigned count = length < ROW_BYTES ? (unsigned)length : ROW_BYTES;
        unsigned read = read_row(address, count, bytes);

        if (read > 0)
            print_row(address, bytes, read);
        if (read < count) {
            printk("%016lx cannot be read: %s.\n", address + read,
                   is_canonical(address + read) ? "nothing is mapped there"
                                                : "it is not a canonical address");
            print_where_physical_is(address + read);
            return;
        }
        address += count;
        length -= count;
    }
}

void command_dump(int argc, const char *const argv[])
{
    uint64_t address, length = DUMP_DEFAULT;

    if (!argument_number(argv[1], &address) || (argc > 2 && !argument_number(argv[2], &length)))
        return;
    if (length > DUMP_MAX) {
        printk("At most %u bytes at a time.\n", DUMP_MAX);
        return;
    }
    if (length > 0 && length - 1 > UINT64_MAX - address) {
        length = UINT64_MAX - address + 1;
        printk("Only %lu of these bytes exist: the address space ends there.\n", length);
    }
    dump(address, length);
}

void command_pages(int argc, const char *const argv[])
{
    uint64_t address;

    (void)argc;
    if (!argument_number(argv[1], &address))
        return;
    printk_styled(CONSOLE_HEADING, "Page walk of %016lx:\n", address);
    if (!print_page_walk(address))
        print_where_physical_is(address);
}
