/*
 * command_cpu.c - the commands that show the CPU: its features, registers and tables.
 *
 * CPUID leaves: Intel SDM 2A, CPUID; AMD APM 3, appendix E.
 */
#include "layout.h"
#include "kernel/console/console.h"
#include "kernel/cpu/registers.h"
#include "kernel/debug/descriptors.h"
#include "kernel/debug/print_machine.h"
#include "kernel/interrupts/exceptions.h"
#include "kernel/interrupts/safe_read.h"
#include "kernel/shell/internal/arguments.h"
#include "kernel/shell/internal/commands.h"
#include "kernel/time/tsc.h"
#include "lib/cpuid.h"
#include "lib/format.h"
#include "lib/string.h"
#include "lib/units.h"

#define NAME_MAX 48 /* of an exception */

/* ---- cpu -------------------------------------------------------------------- */

enum cpuid_register { ECX, EDX };

static const struct cpu_feature {
    uint32_t leaf;
    enum cpuid_register from;
    unsigned bit;
    const char *name;
} features[] = {
    {CPUID_FEATURES, EDX, 4, "TSC"},     {CPUID_FEATURES, EDX, 7, "MCE"},
    {CPUID_FEATURES, EDX, 9, "APIC"},    {CPUID_FEATURES, EDX, 13, "PGE"},
    {CPUID_FEATURES, EDX, 16, "PAT"},    {CPUID_FEATURES, EDX, 25, "SSE"},
    {CPUID_FEATURES, EDX, 26, "SSE2"},   {CPUID_FEATURES, ECX, 0, "SSE3"},
    {CPUID_FEATURES, ECX, 20, "SSE4.2"}, {CPUID_FEATURES, ECX, 21, "x2APIC"},
    {CPUID_FEATURES, ECX, 26, "XSAVE"},  {CPUID_FEATURES, ECX, 28, "AVX"},
    {CPUID_FEATURES, ECX, 30, "RDRAND"}, {CPUID_FEATURES, ECX, 31, "hypervisor"},
    {CPUID_EXTENDED, EDX, 20, "NX"},     {CPUID_EXTENDED, EDX, 26, "1 GiB pages"},
    {CPUID_EXTENDED, EDX, 27, "RDTSCP"}, {CPUID_EXTENDED, EDX, 29, "long mode"},
};

/* Some CPUs answer a leaf after the last one with the numbers of another leaf. */
static struct cpuid_result cpuid_if_known(uint32_t leaf)
{
    if (leaf > cpuid(leaf & CPUID_EXTENDED_MAX).eax)
        return (struct cpuid_result){0};
    return cpuid(leaf);
}

static bool has_feature(const struct cpu_feature *feature)
{
    struct cpuid_result r = cpuid_if_known(feature->leaf);

    return (feature->from == ECX ? r.ecx : r.edx) >> feature->bit & 1;
}

/* Vendor: EBX, EDX, ECX in this order are 12 characters. */
static void print_vendor(void)
{
    struct cpuid_result r = cpuid(CPUID_VENDOR);
    const uint32_t words[] = {r.ebx, r.edx, r.ecx};

    printk("Vendor    %.12s\n", (const char *)words);
}

static void print_brand(void)
{
    struct cpuid_result parts[3];

    for (uint32_t i = 0; i < 3; i++)
        parts[i] = cpuid_if_known(CPUID_NAME + i);
    printk("Model     %.48s\n", (const char *)parts);
}

/* The extended fields are only used for family 15 (the model's also for 6): Intel SDM 2A, figure 3-6. */
static void print_signature(void)
{
    uint32_t eax = cpuid(CPUID_FEATURES).eax;
    uint32_t family = eax >> 8 & 15, model = eax >> 4 & 15;

    if (family == 6 || family == 15)
        model |= eax >> 12 & 0xf0;
    if (family == 15)
        family += eax >> 20 & 0xff;
    printk("Family    %u, model %u, stepping %u\n", family, model, eax & 15);
}

static void print_features(void)
{
    const char *separator = "Features  ";

    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        if (has_feature(&features[i])) {
            printk("%s%s", separator, features[i].name);
            separator = ", ";
        }
    }
    printk("\n");
}

void command_cpu(int argc, const char *const argv[])
{
    uint32_t bits = cpuid_if_known(CPUID_ADDRESS_SIZES).eax;

    (void)argc;
    (void)argv;
    print_vendor();
    print_brand();
    print_signature();
    if (bits != 0)
        printk("Addresses %u bits physical, %u bits virtual\n", bits & 0xff, bits >> 8 & 0xff);
    if (tsc_hz() != 0)
        printk("TSC       %lu MHz, measured\n", tsc_hz() / US_PER_SECOND);
    print_features();
}

/* ---- regs ------------------------------------------------------------------- */

void command_regs(int argc, const char *const argv[])
{
    struct segment_selectors s = read_segments();
    struct table_register gdtr = read_gdtr(), idtr = read_idtr();

    (void)argc;
    (void)argv;
    print_register("RFLAGS", BITS_OF_RFLAGS, read_rflags());
    print_register("CR0", BITS_OF_CR0, read_cr0());
    printk("CR2    %016lx  the last page fault's address\n", read_cr2());
    printk("CR3    %016lx  the PML4's physical address\n", read_cr3());
    print_register("CR4", BITS_OF_CR4, read_cr4());
    print_register("EFER", BITS_OF_EFER, read_msr(MSR_EFER));
    printk("RSP    %016lx  about here, in this command\n", (uint64_t)__builtin_frame_address(0));
    printk("GDTR   %016lx  limit %04x\n", gdtr.base, gdtr.limit);
    printk("IDTR   %016lx  limit %04x\n", idtr.base, idtr.limit);
    printk("CS %04x  SS %04x  DS %04x  ES %04x  FS %04x  GS %04x  TR %04x\n", read_cs(), read_ss(),
           s.ds, s.es, s.fs, s.gs, read_tr());
}

/* ---- gdt -------------------------------------------------------------------- */

/* An entry of a descriptor table; one that cannot be read is reported and counts as 0. */
static uint64_t table_entry(const struct table_register *table, uint64_t offset)
{
    uint64_t value = 0;

    if (offset + sizeof value - 1 <= table->limit && !safe_read_u64(table->base + offset, &value))
        printk("%016lx cannot be read.\n", table->base + offset);
    return value;
}

static void print_descriptor(uint64_t selector, uint64_t low, const struct descriptor *d)
{
    char names[REGISTER_BITS_TEXT];

    if (d->is_null) {
        printk("  %04lx  null\n", selector);
        return;
    }
    printk("  %04lx  %-21s ring %u  base %lx  limit %lx", selector, d->kind, d->dpl, d->base,
           d->limit);
    if (!d->is_system)
        printk("  %s", register_bits_names(names, sizeof names, BITS_OF_DESCRIPTOR, low));
    printk("\n");
}

void command_gdt(int argc, const char *const argv[])
{
    struct table_register table = read_gdtr();

    (void)argc;
    (void)argv;
    printk_styled(CONSOLE_HEADING, "GDTR  base %016lx  limit %04x\n", table.base, table.limit);
    for (uint64_t offset = 0; offset + 7 <= table.limit; offset += 8) {
        uint64_t low = table_entry(&table, offset);
        struct descriptor d = descriptor_decode(low, table_entry(&table, offset + 8));

        print_descriptor(offset, low, &d);
        if (d.is_system)
            offset += 8;
    }
}

/* ---- idt -------------------------------------------------------------------- */

static void print_gate(const struct table_register *table, uint64_t vector)
{
    struct gate_fields gate = descriptor_decode_gate(table_entry(table, 16 * vector),
                                                     table_entry(table, 16 * vector + 8));
    char name[NAME_MAX] = "interrupt";

    if (vector < EXCEPTIONS)
        format_string(name, sizeof name, "%s %s", exception_mnemonic(vector),
                      exception_name(vector));
    printk("  %02lx  %-15s %04x:%016lx  IST %u  ring %u  %s\n", vector, gate.kind, gate.selector,
           gate.offset, gate.ist, gate.dpl, name);
}

void command_idt(int argc, const char *const argv[])
{
    struct table_register table = read_idtr();
    uint64_t gates = ((uint64_t)table.limit + 1) / 16;
    uint64_t first = 0, count = 22; /* fits on a screen and includes all important exceptions */

    if (argc > 1) {
        if (!argument_number(argv[1], &first))
            return;
        if (first >= gates) {
            printk("There is no vector %s: the IDT has %lu gates.\n", argv[1], gates);
            return;
        }
        count = 1;
    }
    printk_styled(CONSOLE_HEADING, "IDTR  base %016lx  limit %04x  %lu gates\n", table.base,
                  table.limit, gates);
    for (uint64_t vector = first; vector < first + count && vector < gates; vector++)
        print_gate(&table, vector);
    if (argc == 1)
        printk("  \"idt VECTOR\" shows any other.\n");
}
