/*
 * test_entry.c - the state at the kernel's entry, as docs/boot-protocol.md
 * promises it, and what the kernel has since changed.
 */
#include "layout.h"
#include "kernel/cpu/registers.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"

#define CR0_PE (1u << 0)
#define CR0_EM (1u << 2)
#define CR0_TS (1u << 3)
#define CR0_NW (1u << 29)
#define CR0_CD (1u << 30)
#define CR0_PG (1u << 31)
#define CR4_PAE (1u << 5)
#define EFER_LME (1u << 8)
#define EFER_LMA (1u << 10)
#define EFER_NXE (1u << 11)
#define RFLAGS_IF (1u << 9)
#define RFLAGS_DF (1u << 10)

#define CODE_SELECTOR 0x08
#define DATA_SELECTOR 0x10

/* Parts of a segment descriptor (Intel SDM 3A, 3.4.5). */
#define DESCRIPTOR_TYPE (0x1full << 40)
#define DESCRIPTOR_PRESENT (1ull << 47)
#define DESCRIPTOR_DPL (3ull << 45)
#define DESCRIPTOR_LONG (1ull << 53)
#define DESCRIPTOR_CODE (0x18ull << 40)
#define DESCRIPTOR_WRITABLE_DATA (0x12ull << 40)

/* The descriptor that a selector named at entry, in the loader's GDT. */
static uint64_t entry_descriptor(uint16_t selector)
{
    const uint64_t *gdt = physical_pointer(entry_state.gdt.base);

    if (!EXPECT(selector != 0) || !EXPECT(selector + 7 <= entry_state.gdt.limit))
        return 0;
    return gdt[selector / 8];
}

static void expect_flat_data(uint16_t selector)
{
    uint64_t descriptor = entry_descriptor(selector);

    EXPECT(descriptor & DESCRIPTOR_PRESENT);
    EXPECT_EQ(descriptor & DESCRIPTOR_DPL, 0);
    EXPECT_EQ(descriptor & DESCRIPTOR_TYPE & DESCRIPTOR_WRITABLE_DATA, DESCRIPTOR_WRITABLE_DATA);
    EXPECT_EQ(descriptor & DESCRIPTOR_TYPE & (8ull << 40), 0);
}

static bool is_inside_kernel(uint64_t address)
{
    return address >= (uint64_t)kernel_start && address < (uint64_t)kernel_end;
}

KERNEL_TEST(entry_rsp_is_the_top_of_the_loaders_stack)
{
    EXPECT_EQ(entry_state.rsp, STACK_TOP);
    EXPECT_EQ(entry_state.rsp % 16, 0);
}

KERNEL_TEST(entry_flags_have_no_interrupts_and_go_up)
{
    EXPECT_EQ(entry_state.rflags & RFLAGS_IF, 0);
    EXPECT_EQ(entry_state.rflags & RFLAGS_DF, 0);
}

KERNEL_TEST(entry_control_registers_are_of_long_mode)
{
    EXPECT_EQ(entry_state.cr0 & (CR0_PE | CR0_PG), CR0_PE | CR0_PG);
    EXPECT_EQ(entry_state.cr0 & (CR0_EM | CR0_TS), 0);
    EXPECT_EQ(entry_state.cr0 & (CR0_CD | CR0_NW), 0);
    EXPECT_EQ(entry_state.cr4, CR4_PAE);
    EXPECT_EQ(entry_state.cr3, PAGE_TABLES_ADDRESS);
    EXPECT_EQ(entry_state.efer & (EFER_LME | EFER_LMA), EFER_LME | EFER_LMA);
}

KERNEL_TEST(entry_nxe_is_set_if_the_cpu_has_nx)
{
    bool nx = cpuid(CPUID_EXTENDED).edx & CPUID_EXTENDED_EDX_NX;

    EXPECT_EQ(entry_state.efer & EFER_NXE, nx ? EFER_NXE : 0);
}

KERNEL_TEST(entry_code_segment_is_64_bit)
{
    uint64_t descriptor = entry_descriptor(entry_state.cs);

    EXPECT(descriptor & DESCRIPTOR_PRESENT);
    EXPECT(descriptor & DESCRIPTOR_LONG);
    EXPECT_EQ(descriptor & DESCRIPTOR_DPL, 0);
    EXPECT_EQ(descriptor & DESCRIPTOR_CODE, DESCRIPTOR_CODE);
}

KERNEL_TEST(entry_data_segments_are_flat)
{
    expect_flat_data(entry_state.ss);
    expect_flat_data(entry_state.ds);
    expect_flat_data(entry_state.es);
    expect_flat_data(entry_state.fs);
    expect_flat_data(entry_state.gs);
}

KERNEL_TEST(entry_has_no_idt)
{
    EXPECT_EQ(entry_state.idt.limit, 0);
}

KERNEL_TEST(bss_is_zero_before_its_first_use)
{
    EXPECT(kernel_end - kernel_file_end > 4096);
    EXPECT_EQ(entry_dirty, 0);
}

KERNEL_TEST(both_pics_are_masked_at_entry)
{
    EXPECT_EQ(entry_pic_masks, 0xffff);
}

KERNEL_TEST(kernel_runs_on_its_own_tables)
{
    struct machine_state now;

    machine_state_read(&now);
    EXPECT(is_inside_kernel(now.rsp));
    EXPECT(is_inside_kernel(now.gdt.base));
    EXPECT(is_inside_kernel(now.idt.base));
    EXPECT_EQ(now.idt.limit, VECTORS * 16 - 1);
    EXPECT_EQ(now.cs, CODE_SELECTOR);
    EXPECT_EQ(now.ss, DATA_SELECTOR);
    EXPECT_EQ(now.ds, DATA_SELECTOR);
    EXPECT_EQ(now.es, DATA_SELECTOR);
    EXPECT_EQ(now.fs, 0);
    EXPECT_EQ(now.gs, 0);
}

KERNEL_TEST(interrupts_are_on_and_strings_go_up)
{
    struct machine_state now;

    machine_state_read(&now);
    EXPECT_EQ(now.rflags & RFLAGS_IF, RFLAGS_IF);
    EXPECT_EQ(now.rflags & RFLAGS_DF, 0);
}

KERNEL_TEST(c_functions_find_the_stack_aligned)
{
    /* The return address and RBP have been pushed: a multiple of 16 is one again. */
    EXPECT_EQ((uint64_t)__builtin_frame_address(0) % 16, 0);
}
