/*
 * test_heap.c - kmalloc with real frames; the heap itself is tested on the host.
 */
#include "kernel/memory/frames.h"
#include "kernel/memory/heap.h"
#include "kernel/memory/poison.h"
#include "kernel/test/test.h"
#include "lib/string.h"

#define MIB 0x100000ul

KERNEL_TEST(memory_can_be_allocated_written_and_freed)
{
    size_t before = heap_count().bytes;
    uint8_t *memory = kmalloc(1000);

    EXPECT(memory != NULL);
    EXPECT_EQ(memory[999], POISON_NEW);
    memset(memory, 1, 1000);
    EXPECT_EQ(heap_count().bytes, before + 1000);
    kfree(memory);
    EXPECT_EQ(heap_count().bytes, before);
    EXPECT(kheap_check() >= 1);
}

KERNEL_TEST(kcalloc_gives_zeros_and_refuses_what_overflows)
{
    uint8_t *memory = kcalloc(10, 300);

    for (unsigned i = 0; i < 3000; i++)
        EXPECT_EQ(memory[i], 0);
    kfree(memory);
    EXPECT(kcalloc(1ul << 40, 1ul << 40) == NULL);
}

KERNEL_TEST(krealloc_keeps_what_was_there)
{
    uint8_t *memory = krealloc(NULL, 10);

    memset(memory, 7, 10);
    memory = krealloc(memory, 100000);
    EXPECT_EQ(memory[0], 7);
    EXPECT_EQ(memory[9], 7);
    EXPECT_EQ(memory[10], POISON_NEW);
    memory = krealloc(memory, 5);
    EXPECT_EQ(memory[4], 7);
    EXPECT(krealloc(memory, ~0ul) == NULL);
    EXPECT_EQ(memory[4], 7); /* the old block stays */
    kfree(memory);
}

KERNEL_TEST(aligned_memory_is_aligned)
{
    for (size_t align = 16; align <= 65536; align *= 2) {
        void *memory = kmalloc_aligned(100, align);

        EXPECT_EQ((uint64_t)memory % align, 0);
        kfree(memory);
    }
}

KERNEL_TEST(large_blocks_come_from_frames_and_are_returned)
{
    uint64_t before = frames_count().free;
    uint8_t *memory = kmalloc(5 * MIB);

    EXPECT(memory != NULL);
    EXPECT(frames_count().free <= before - 5 * MIB / FRAME_SIZE);
    memory[5 * MIB - 1] = 1;
    kfree(memory);
    EXPECT(frames_count().free >= before - 16); /* the heap keeps one region */
    EXPECT(kmalloc(1ul << 45) == NULL);
}

KERNEL_TEST_PANICS(wild_free_is_named, "was not allocated by the heap")
{
    uint8_t *memory = kmalloc(200);

    kfree(memory + 8);
}
