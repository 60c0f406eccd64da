/*
 * test_frames.c - the machine's own frames; the arithmetic is tested on the host.
 */
#include "kernel/memory/frames.h"
#include "kernel/memory/physical.h"
#include "kernel/test/machine_state.h"
#include "kernel/test/test.h"
#include "lib/string.h"

static uint64_t map_sum(uint32_t type)
{
    const struct boot_info *info = test_boot_info();
    const struct memory_range *map = physical_pointer(info->memory_map);
    uint64_t sum = 0;

    for (uint32_t i = 0; i < info->memory_map_entries; i++)
        if (map[i].type == type)
            sum += map[i].length;
    return sum;
}

/* Except the first 16 KiB, the allocator's own bitmap and the page tables. */
KERNEL_TEST(nearly_all_ram_is_in_the_pool)
{
    uint64_t ram = map_sum(MEMORY_USABLE) + map_sum(MEMORY_LOADER);
    uint64_t usable = frames_count().usable * FRAME_SIZE;

    EXPECT(usable <= ram);
    EXPECT(ram - usable < 0x20000 + ram / 4096);
}

KERNEL_TEST(frames_are_ram_and_can_be_freed)
{
    struct frame_counts before = frames_count();
    uint64_t frame = frame_allocate(), run = frame_allocate_run(16, 64 * FRAME_SIZE);

    EXPECT_EQ(frames_count().free, before.free - 17);
    EXPECT(frames_count().most_used >= before.usable - before.free + 17);
    EXPECT_EQ(run % (64 * FRAME_SIZE), 0);
    memset(physical_pointer(frame), 0x5a, FRAME_SIZE);
    memset(physical_pointer(run), 0xa5, 16 * FRAME_SIZE);
    EXPECT_EQ(*(uint8_t *)physical_pointer(frame + FRAME_SIZE - 1), 0x5a);
    frame_free(frame);
    frame_free_run(run, 16);
    EXPECT_EQ(frames_count().free, before.free);
}

KERNEL_TEST(no_frame_belongs_to_the_kernel_or_the_hand_over)
{
    const struct boot_info *info = test_boot_info();
    uint64_t frame = frame_allocate();

    EXPECT(frame < info->kernel_address || frame >= info->kernel_address + info->kernel_bytes);
    EXPECT(frame >= MEMORY_MAP_ADDRESS + MEMORY_MAP_MAX * sizeof(struct memory_range));
    frame_free(frame);
}

KERNEL_TEST_PANICS(frame_freed_twice_is_named, "is already free")
{
    uint64_t frame = frame_allocate();

    frame_free(frame);
    frame_free(frame);
}

KERNEL_TEST_PANICS(frame_that_is_not_ram_is_named, "is not RAM that we manage")
{
    frame_free(0xa0000);
}
