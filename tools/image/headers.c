/*
 * headers.c - the headers in an image, which describe its sectors.
 */
#include "image/headers.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "image/plan.h"
#include "lib/xxh32.h"
#include "stage2/header_check.h"

uint32_t word_sum(uint32_t sum, const void *data, size_t bytes)
{
    for (size_t i = 0; i + 4 <= bytes; i += 4) {
        uint32_t word;

        memcpy(&word, (const uint8_t *)data + i, sizeof word);
        sum += word;
    }
    return sum;
}

uint32_t rest_sum(uint32_t sum, const void *data, size_t bytes)
{
    const uint8_t *block = data;

    for (; bytes > 0; bytes -= STAGE2_SUM_BLOCK, block += STAGE2_SUM_BLOCK) {
        sum = sum << STAGE2_SUM_ROTATION | sum >> (32 - STAGE2_SUM_ROTATION);
        sum = word_sum(sum * STAGE2_SUM_FACTOR, block, STAGE2_SUM_BLOCK);
    }
    return sum;
}

size_t make_stage2_header(const uint8_t *stage2, size_t size, struct stage2_header *header)
{
    const size_t first = STAGE2_FIRST_SECTORS * SECTOR_SIZE;
    uint8_t disk[STAGE2_MAX_SECTORS * SECTOR_SIZE] = {0};
    size_t sectors = (size + SECTOR_SIZE - 1) / SECTOR_SIZE;

    if (size > sizeof disk)
        return size - sizeof disk;
    if (sectors < STAGE2_MIN_SECTORS)
        sectors = STAGE2_MIN_SECTORS;
    memcpy(disk, stage2, size);
    *header = (struct stage2_header){
        .magic = STAGE2_MAGIC,
        .sectors = (uint32_t)sectors,
        .rest_sum = rest_sum(0, disk + first, sectors * SECTOR_SIZE - first),
    };
    memcpy(disk, header, sizeof *header);
    header->balance = 0u - word_sum(0, disk, first);
    return 0;
}

/* Which of the loader's rules is broken; header_check.c only tells that one is. */
static const char *explain(uint64_t size, const struct kernel_wishes *w)
{
    static char text[160];
    uint64_t physical = w->entry >= KERNEL_BASE ? w->entry - KERNEL_BASE : w->entry;

    if (w->load < KERNEL_LOAD_ADDRESS)
        snprintf(text, sizeof text,
                 "load address 0x%" PRIx64
                 " is below 0x%x: the loader and the BIOS use that memory",
                 w->load, KERNEL_LOAD_ADDRESS);
    else if (w->load % 4096 != 0)
        snprintf(text, sizeof text, "load address 0x%" PRIx64 " is not a multiple of 4096",
                 w->load);
    else if (w->load >= KERNEL_BASE_SIZE || w->memory_bytes > KERNEL_BASE_SIZE - w->load)
        return "it would end beyond 2 GiB, which is all that is mapped";
    else if (physical < w->load || physical - w->load >= size)
        snprintf(text, sizeof text,
                 "entry 0x%" PRIx64 " is not inside the kernel's file, "
                 "0x%" PRIx64 " to 0x%" PRIx64 ", nor in its high mapping from 0x%" PRIx64 " on",
                 w->entry, w->load, w->load + size - 1, KERNEL_BASE + w->load);
    else
        return "the loader would refuse this header";
    return text;
}

const char *make_kernel_header(const void *payload, uint64_t size,
                               const struct kernel_wishes *wishes, struct kernel_header *header)
{
    if (size == 0)
        return "the file is empty";
    if (size > KERNEL_BASE_SIZE || wishes->memory_bytes > KERNEL_BASE_SIZE)
        return "a kernel may have at most 2 GiB";
    if (wishes->memory_bytes < size)
        return "the kernel's size in memory is smaller than its file";
    *header = (struct kernel_header){
        .version = KERNEL_HEADER_VERSION,
        .file_bytes = (uint32_t)size,
        .memory_bytes = (uint32_t)wishes->memory_bytes,
        .payload_hash = xxh32(payload, size),
        .load_address = wishes->load,
        .entry = wishes->entry,
    };
    memcpy(header->magic, KERNEL_MAGIC, sizeof header->magic);
    header->header_hash = xxh32(header, offsetof(struct kernel_header, header_hash));
    if (header_check(header, (uint32_t)plan_sectors(size) + 1) != ERROR_NONE)
        return explain(size, wishes);
    return NULL;
}
