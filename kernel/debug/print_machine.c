/*
 * print_machine.c - prints values with the names of their bits, and page walks.
 */
#include "kernel/debug/print_machine.h"

#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/debug/canonical.h"
#include "kernel/debug/page_walk.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/memory/physical.h"

void print_register(const char *name, enum bits_of of, uint64_t value)
{
    char names[REGISTER_BITS_TEXT];

    printk("%-6s %016lx  %s\n", name, value, register_bits_names(names, sizeof names, of, value));
}

static bool read_physical(uint64_t physical, uint64_t *value)
{
    return physical_reachable(physical, sizeof *value) &&
           safe_read_u64((uint64_t)physical_pointer(physical), value);
}

static void print_step(const struct page_walk_step *step)
{
    char names[REGISTER_BITS_TEXT];

    if (!step->readable)
        printk("  %-4s[%3u]  out of reach\n", step->table, step->index);
    else
        printk("  %-4s[%3u]  %016lx  %s\n", step->table, step->index, step->entry,
               register_bits_names(names, sizeof names, BITS_OF_PAGE, step->entry));
}

bool print_page_walk(uint64_t address)
{
    if (!is_canonical(address)) {
        printk("  not canonical: in no page table\n");
        return false;
    }

    struct page_walk walk = page_walk(read_cr3(), address, read_physical);

    for (unsigned i = 0; i < walk.count; i++)
        print_step(&walk.steps[i]);
    if (walk.mapped)
        printk("  physical %lx, in a page of %lu KiB\n", walk.physical, walk.page_bytes / 1024);
    else
        printk("  not mapped\n");
    return walk.mapped;
}
