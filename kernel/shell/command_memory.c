/*
 * command_memory.c - the commands that look at memory: dump and pages.
 *
 * A person may type any address: what can't be read is named, never a fault.
 */
#include "kernel/console/console.h"
#include "kernel/debug/canonical.h"
#include "kernel/debug/print_machine.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/shell/arguments.h"
#include "kernel/shell/commands.h"

#define ROW_BYTES 16
#define GROUP_BYTES 4
#define DUMP_DEFAULT 128
#define DUMP_MAX 65536

/* Returns how many of the row's bytes could be read. */
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
            printk("%016lx can't be read: %s.\n", address + read,
                   is_canonical(address + read) ? "nothing is mapped there"
                                                : "it is not a canonical address");
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
        printk("Only %lu of these bytes exist: the address space ends.\n", length);
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
    print_page_walk(address);
}
