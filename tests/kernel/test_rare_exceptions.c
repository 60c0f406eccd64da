/*
 * test_rare_exceptions.c - exceptions that only a CPU in an odd state raises:
 * with segments that are not present, a TSS that is too short, in 32-bit code, in
 * ring 3, or with floating point.  The others: test_exceptions.c.
 *
 * Intel SDM 3A, 6.15 (each exception), 3.4.5 (descriptors), 7.7 (TSS).
 */
#include "kernel/cpu/gdt.h"
#include "kernel/cpu/registers.h"
#include "kernel/memory/frames.h"
#include "kernel/memory/paging.h"
#include "kernel/memory/physical.h"
#include "kernel/test/test.h"
#include "lib/string.h"
#include "tests/kernel/rare_faults.h"

#define LOW_PAGE 0x400000ul /* below 4 GiB; nothing is mapped there */
#define LOW_STACK 0x600000ul
#define STACK_BYTES 0x4000ul
#define PAGE_US (1ul << 2)  /* ring 3 may use the page, or what is below the table */

#define CODE_32 0x18
#define USER_CODE 0x23 /* the two lowest bits: ring 3 */
#define USER_DATA 0x2b
#define ABSENT_DATA 0x30
#define TSS 0x38

#define TSS_TYPE (0x89ull << 40)
#define TSS_RSP0 1 /* index of its 32-bit words */
#define TSS_BEFORE_IST 0x24u
#define TSS_BYTES 0x68u

static uint32_t tss[TSS_BYTES / 4];
static uint8_t ring_0_stack[STACK_BYTES] __attribute__((aligned(16)));

/* The kernel's code and data at their selectors, for the gates of its IDT. */
static uint64_t gdt[] = {
    [SELECTOR_CODE / 8] = 0x00af9b000000ffff,
    [SELECTOR_DATA / 8] = 0x00cf93000000ffff,
    [CODE_32 / 8] = 0x00cf9b000000ffff,
    [USER_CODE / 8] = 0x00affb000000ffff,
    [USER_DATA / 8] = 0x00cff3000000ffff,
    [ABSENT_DATA / 8] = 0x00cf13000000ffff,
    [TSS / 8 + 1] = 0,
};

static void use_own_gdt(uint32_t tss_bytes)
{
    uint64_t base = (uint64_t)tss, stack = (uint64_t)ring_0_stack + sizeof ring_0_stack;

    memcpy(&tss[TSS_RSP0], &stack, sizeof stack);
    gdt[TSS / 8] = (tss_bytes - 1) | (base & 0xffffff) << 16 | TSS_TYPE | (base >> 24 & 0xff) << 56;
    gdt[TSS / 8 + 1] = base >> 32;
    load_gdt(gdt, sizeof gdt - 1);
    load_task_register(TSS);
}

static void expect_rip(const void *address)
{
    test_expect_in_report("RIP    %016lx", (uint64_t)address);
}

static bool map(uint64_t address, uint64_t frames, uint64_t bytes, enum page_access access)
{
    return EXPECT_EQ(page_tables_map(&paging_tables, address, frames, bytes, access), PAGE_OK);
}

/* Copies code to LOW_PAGE. */
static bool place(const uint8_t *code, const uint8_t *end)
{
    uint64_t frame = frame_allocate();

    memcpy(physical_pointer(frame), code, (size_t)(end - code));
    return map(LOW_PAGE, frame, PAGE_SIZE_4K, PAGE_EXECUTE);
}

static void fail_in_32_bit_code(const uint8_t *code, const uint8_t *end)
{
    uint64_t stack = frame_allocate_run(STACK_BYTES / PAGE_SIZE_4K, PAGE_SIZE_4K);

    use_own_gdt(TSS_BYTES);
    if (place(code, end) && map(LOW_STACK, stack, STACK_BYTES, PAGE_WRITE))
        fault_in_32_bit_code(LOW_PAGE, CODE_32, LOW_STACK + STACK_BYTES);
}

static void let_ring_3_in(uint64_t address)
{
    uint64_t *table = physical_pointer(paging_tables.root);

    for (unsigned shift = 39; shift >= 12; shift -= 9) {
        uint64_t *entry = &table[address >> shift & 511];

        *entry |= PAGE_US;
        table = physical_pointer(*entry & PAGE_ADDRESS);
    }
    invalidate_page(address);
}

KERNEL_TEST_PANICS(absent_segment_is_named,
                   "KERNEL PANIC: #NP segment not present, error code 0x30")
{
    test_expect_in_report("Error code 0x30: selector 0x30, bits: none");
    expect_rip(fault_load_fs_at);
    use_own_gdt(TSS_BYTES);
    fault_load_fs(ABSENT_DATA);
}

KERNEL_TEST_PANICS(absent_stack_segment_is_named,
                   "KERNEL PANIC: #SS stack-segment fault, error code 0x30")
{
    test_expect_in_report("Error code 0x30: selector 0x30, bits: none");
    expect_rip(fault_load_ss_at);
    use_own_gdt(TSS_BYTES);
    fault_load_ss(ABSENT_DATA);
}

KERNEL_TEST_PANICS(non_canonical_stack_address_is_a_stack_fault,
                   "KERNEL PANIC: #SS stack-segment fault, error code 0x0")
{
    test_expect_in_report("Hint: 0x8000000000000008 is not a canonical address");
    expect_rip(fault_read_stack_at);
    fault_read_stack(0x8000000000000000);
}

/* The gate of vector 2 names a stack that is past the end of this TSS. */
KERNEL_TEST_PANICS(short_tss_is_named, "KERNEL PANIC: #TS invalid TSS, error code 0x38")
{
    test_expect_in_report("Error code 0x38: selector 0x38, bits: none");
    expect_rip(fault_interrupt_2_at);
    use_own_gdt(TSS_BEFORE_IST);
    fault_interrupt_2();
}

KERNEL_TEST_PANICS(overflow_is_named, "KERNEL PANIC: #OF overflow\n")
{
    test_expect_in_report("CS 0018  SS 0010");
    expect_rip((const void *)(LOW_PAGE + (size_t)(code_overflow_end - code_overflow)));
    fail_in_32_bit_code(code_overflow, code_overflow_end);
}

KERNEL_TEST_PANICS(bound_is_named, "KERNEL PANIC: #BR BOUND range exceeded\n")
{
    test_expect_in_report("CS 0018  SS 0010");
    expect_rip((const void *)(LOW_PAGE + (size_t)(code_bound_at - code_bound)));
    fail_in_32_bit_code(code_bound, code_bound_end);
}

KERNEL_TEST_PANICS(x87_error_is_named, "KERNEL PANIC: #MF x87 floating-point error\n")
{
    expect_rip(fault_x87_error_at);
    fault_x87_error();
}

KERNEL_TEST_PANICS(simd_error_is_named, "KERNEL PANIC: #XM SIMD floating-point exception\n")
{
    expect_rip(fault_sse_error_at);
    fault_sse_error();
}

KERNEL_TEST_PANICS(unaligned_access_in_ring_3_is_named,
                   "KERNEL PANIC: #AC alignment check, error code 0x0\n")
{
    test_expect_in_report("CS 0023  SS 002b");
    expect_rip((const void *)LOW_PAGE);
    use_own_gdt(TSS_BYTES);
    if (place(code_unaligned, code_unaligned_end)) {
        let_ring_3_in(LOW_PAGE);
        fault_in_ring_3(LOW_PAGE, USER_CODE, USER_DATA);
    }
}
