/* A frame allocator: hands out pages of zeros from the loader's memory map. */
#include "boot_info.h"
#include "pc.h"

__asm__(".section .text.start\n start: call kernel\n .text");

#define PAGE 4096
#define E820_RESERVED 2

static uint64_t next, end;

static void find_memory(const struct boot_info *info)
{
    const struct memory_range *range = (const struct memory_range *)info->memory_map;

    for (uint32_t i = 0; i < info->memory_map_entries && !end; i++, range++) {
#ifdef MENDED
        if (range->type == 1 && range->base >= 0x100000) {
#else
        if (range->type != E820_RESERVED && range->base >= 0x100000) {
#endif
            next = range->base;
            end = range->base + range->length;
        }
    }
}

static void *alloc_page(void)
{
    void *page = (void *)next, *to = page;
    uint64_t words = PAGE / 8;

    next += PAGE;
    __asm__ volatile("rep stosq" : "+D"(to), "+c"(words) : "a"(0ull) : "memory");
    return page;
}

void kernel(const struct boot_info *info);

void kernel(const struct boot_info *info)
{
    find_memory(info);
    print("memory found\n");
    for (int i = 0; i < 16; i++) {
        char *page = alloc_page();

        page[0] = 'A';
    }
    print("sixteen pages allocated\n");
    for (;;)
        __asm__ volatile("hlt");
}
