/*
 * test_handover.c - the kernel accepts a good boot info and reports what is wrong
 * with a bad one.
 */
#include "kernel/boot/handover.h"
#include "kernel/memory/physical.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"

static struct boot_info info;

/* The address of a copy that may be damaged. */
static uint64_t copy(void)
{
    info = *test_boot_info();
    return physical_address(&info);
}

KERNEL_TEST(good_boot_info_is_accepted)
{
    uint64_t address = copy();

    EXPECT(handover_accept(address) == physical_pointer(address));
    info.size += 8; /* a newer loader's */
    EXPECT(handover_accept(address) == physical_pointer(address));
}

KERNEL_TEST_PANICS(boot_info_out_of_reach_is_refused,
                   "hand-over: RDI = 0x7fffffff is not the address of a boot info")
{
    handover_accept(KERNEL_BASE_SIZE - 1);
}

KERNEL_TEST_PANICS(boot_info_without_magic_is_refused,
                   "magic 0x544847494c535347, not 0x544847494c545346")
{
    uint64_t address = copy();

    info.magic = 0x544847494c535347;
    handover_accept(address);
}

KERNEL_TEST_PANICS(boot_info_of_another_version_is_refused,
                   "the loader's boot info has version 2, this kernel needs 1")
{
    uint64_t address = copy();

    info.version = 2;
    handover_accept(address);
}

KERNEL_TEST_PANICS(boot_info_that_is_too_short_is_refused,
                   "hand-over: boot info of 71 bytes, this kernel needs 72")
{
    uint64_t address = copy();

    info.size = sizeof info - 1;
    handover_accept(address);
}

KERNEL_TEST_PANICS(memory_map_out_of_reach_is_refused,
                   "hand-over: memory map at 0x80000000 with 7 entries is out of reach")
{
    uint64_t address = copy();

    info.memory_map = KERNEL_BASE_SIZE;
    info.memory_map_entries = 7;
    handover_accept(address);
}
