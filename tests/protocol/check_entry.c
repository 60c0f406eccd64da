/*
 * check_entry.c - "At the first instruction": registers, segments, tables.
 *
 * Intel SDM 3A 2.5 (control registers), 3.4.5 (descriptors).
 */
#include "boot_info.h"
#include "layout.h"
#include "lib/cpu.h"
#include "tests/protocol/checks.h"
#include "tests/protocol/entry_state.h"
#include "tests/protocol/report.h"

#define EFER_LME 0x100u
#define EFER_LMA 0x400u
#define EFER_NXE 0x800u
#define CPUID_NX (1u << 20) /* EDX of leaf 80000001h */

#define CODE_SELECTOR 0x28
#define DATA_SELECTOR 0x10
#define CODE_DESCRIPTOR 0x00af9b000000ffff
#define DATA_DESCRIPTOR 0x00cf93000000ffff

static const struct entry_state *const entry = &entry_state;

static uint64_t physical(const void *address)
{
    return (uint64_t)address & (KERNEL_BASE_SIZE - 1);
}

static void check_general_registers(void)
{
    statement("entry-registers");
    for (unsigned i = 0; i < GENERAL_REGISTERS; i++)
        if (i != RSP && i != RDI)
            equal("a general register", entry->general[i], 0);
    statement("entry-rsp");
    equal("RSP", entry->general[RSP], STACK_TOP);
    statement("entry-rflags");
    equal("RFLAGS", entry->rflags, 2);
}

static void check_control_registers(void)
{
    bool has_nx = cpuid(0x80000001).edx & CPUID_NX;

    statement("entry-mode");
    holds("the CPU is in long mode", entry->efer & EFER_LMA);
    equal("privilege level", entry->cs & 3, 0);
    statement("entry-cr0");
    equal("CR0", entry->cr0, 0x80000011);
    statement("entry-cr3");
    equal("CR3 modulo 4096", entry->cr3 % 4096, 0);
    statement("entry-cr4");
    equal("CR4", entry->cr4, 0x20);
    statement("entry-efer");
    equal("EFER", entry->efer, EFER_LME | EFER_LMA | (has_nx ? EFER_NXE : 0));
}

static uint64_t descriptor(uint16_t selector)
{
    return ((const uint64_t *)entry->gdt.base)[selector / 8];
}

/* The memory after this kernel's own .bss, if its header requests more. */
static bool rest_is_zero(const struct boot_info *info)
{
    const uint64_t *word = (const uint64_t *)(((uint64_t)memory_end + 7) / 8 * 8);
    const uint64_t *end = (const uint64_t *)(protocol_start + info->kernel_bytes);

    while (word + 1 <= end && *word == 0)
        word++;
    return word + 1 > end;
}

static void check_segments(void)
{
    statement("entry-cs");
    equal("CS", entry->cs, CODE_SELECTOR);
    statement("entry-data");
    equal("SS", entry->ss, DATA_SELECTOR);
    equal("DS", entry->ds, DATA_SELECTOR);
    equal("ES", entry->es, DATA_SELECTOR);
    equal("FS", entry->fs, DATA_SELECTOR);
    equal("GS", entry->gs, DATA_SELECTOR);
    equal("base of FS", entry->fs_base, 0);
    equal("base of GS", entry->gs_base, 0);
    statement("entry-gdt");
    holds("the GDT reaches to the code selector", entry->gdt.limit >= CODE_SELECTOR + 7);
    equal("null descriptor", descriptor(0), 0);
    equal("code descriptor", descriptor(CODE_SELECTOR), CODE_DESCRIPTOR);
    equal("data descriptor", descriptor(DATA_SELECTOR), DATA_DESCRIPTOR);
    statement("entry-ldt");
    equal("LDTR", entry->ldtr, 0);
    statement("entry-idt");
    equal("limit of the IDT", entry->idt.limit, 0);
    equal("base of the IDT", entry->idt.base, 0);
}

void check_entry(void)
{
    const struct boot_info *info = (const struct boot_info *)entry->general[RDI];

    check_control_registers();
    check_general_registers();
    statement("entry-rdi");
    equal("RDI modulo 8", entry->general[RDI] % 8, 0);
    holds("the boot info lies in the loader's memory", entry->general[RDI] < LOADER_END);
    equal("what lies there", info->magic, BOOT_INFO_MAGIC);
    check_segments();
    statement("entry-address");
    equal("the first byte of the file", physical(protocol_start), info->kernel_address);
    statement("entry-bss");
    holds("this kernel has a .bss", memory_end - file_end > 4096);
    holds("it is zero", !entry_bss_is_dirty);
    holds("so is what follows it", info->magic == BOOT_INFO_MAGIC && rest_is_zero(info));
}
