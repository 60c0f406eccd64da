/*
 * heap_core.c - the heap's blocks, lists and checks.
 *
 * A region is [header | block | block | ... | end block].  A block knows its
 * own size and that of the block before it, so both neighbours can be found.
 *
 * When free neighbours are merged, the header in the middle stays as a
 * tombstone: a second free of that address can still name the first one.
 */
#include "kernel/memory/heap_core.h"

#include "kernel/memory/poison.h"
#include "lib/string.h"

#define FIT_TRIES 8u
#define REDZONE 16u
#define SMALLEST 128u /* a smaller remainder stays with its block */
#define LIMIT ((size_t)1 << 46)

enum block_state {
    BLOCK_FREE = 0x45455246,   /* "FREE" */
    BLOCK_USED = 0x44455355,   /* "USED" */
    BLOCK_MERGED = 0x4752454d, /* "MERG": a tombstone inside a free block */
    BLOCK_END = 0x20444e45,    /* "END ": the region's last block, without memory */
};

struct heap_block {
    size_t size;     /* of the whole block, header included; a multiple of 16 */
    size_t previous; /* size of the block before; 0 for a region's first block */
    size_t asked;    /* bytes that the caller requested */
    const char *allocated_file, *freed_file;
    uint16_t allocated_line, freed_line;
    uint32_t state; /* enum block_state: a wrong value means an overrun or a wild pointer */
    struct heap_block *links[2]; /* in a free block: the next and the previous one of its class */
};

/* The links overlap the caller's bytes: a used block has none. */
#define HEADER offsetof(struct heap_block, links)

_Static_assert(HEADER % HEAP_ALIGN == 0, "what follows the header is aligned");
_Static_assert(sizeof(struct heap_region) % HEAP_ALIGN == 8, "padded in first_block()");

static size_t round_up(size_t value, size_t align)
{
    return (value + align - 1) & ~(align - 1);
}

static uint8_t *memory_of(struct heap_block *block)
{
    return (uint8_t *)block + HEADER;
}

static struct heap_block *next_of(struct heap_block *block)
{
    return (struct heap_block *)(void *)((uint8_t *)block + block->size);
}

static struct heap_block *previous_of(struct heap_block *block)
{
    return (struct heap_block *)(void *)((uint8_t *)block - block->previous);
}

static struct heap_block *first_block(struct heap_region *region)
{
    return (struct heap_block *)(void *)((uint8_t *)region + round_up(sizeof *region, HEAP_ALIGN));
}

static void fail(struct heap_core *heap, const char *what, const struct heap_block *block,
                 struct heap_caller now)
{
    struct heap_caller allocated = {NULL, 0}, freed = {NULL, 0};

    if (block->state == BLOCK_FREE || block->state == BLOCK_USED || block->state == BLOCK_MERGED) {
        allocated = (struct heap_caller){block->allocated_file, block->allocated_line};
        if (block->freed_file != NULL)
            freed = (struct heap_caller){block->freed_file, block->freed_line};
    }
    heap->fail(what, (const uint8_t *)block + HEADER, allocated, freed, now);
}

/* ---- free lists ------------------------------------------------------------------ */

static unsigned class_of(size_t size)
{
    return 63u - (unsigned)__builtin_clzll(size);
}

static void add_to_list(struct heap_core *heap, struct heap_block *block)
{
    struct heap_block **list = &heap->free[class_of(block->size)];

    block->links[0] = *list;
    block->links[1] = NULL;
    if (*list != NULL)
        (*list)->links[1] = block;
    *list = block;
}

static void remove_from_list(struct heap_core *heap, struct heap_block *block)
{
    if (block->links[0] != NULL)
        block->links[0]->links[1] = block->links[1];
    if (block->links[1] != NULL)
        block->links[1]->links[0] = block->links[0];
    else
        heap->free[class_of(block->size)] = block->links[0];
}

/* A free block of `size` or more, which stays in its list. */
static struct heap_block *find(struct heap_core *heap, size_t size)
{
    struct heap_block *block = heap->free[class_of(size)];

    for (unsigned tries = 0; block != NULL && tries < FIT_TRIES; tries++) {
        if (block->size >= size)
            return block;
        block = block->links[0];
    }
    for (unsigned c = class_of(size) + 1; c < HEAP_CLASSES; c++)
        if (heap->free[c] != NULL)
            return heap->free[c];
    return NULL;
}

/* ---- regions ----------------------------------------------------------------------- */

/* A new region is one free block and the end block. */
static bool add_region(struct heap_core *heap, size_t size)
{
    size_t edges = round_up(sizeof(struct heap_region), HEAP_ALIGN) + HEADER, got;
    struct heap_region *region = heap->grow(size + edges, &got);
    struct heap_block *block;

    if (region == NULL)
        return false;
    *region = (struct heap_region){heap->regions, NULL, got};
    if (heap->regions != NULL)
        heap->regions->previous = region;
    heap->regions = region;
    heap->counts.regions++;
    heap->counts.region_bytes += got;
    block = first_block(region);
    memset(block, POISON_FREED, got - edges);
    memset(block, 0, HEADER);
    block->size = (got - edges) / HEAP_ALIGN * HEAP_ALIGN;
    block->state = BLOCK_FREE;
    add_to_list(heap, block);
    memset(next_of(block), 0, HEADER);
    next_of(block)->previous = block->size;
    next_of(block)->state = BLOCK_END;
    return true;
}

/* Returns a region that is one free block. */
static bool drop_region(struct heap_core *heap, struct heap_block *block)
{
    struct heap_region *region;

    if (block->previous != 0 || next_of(block)->state != BLOCK_END)
        return false;
    region = (struct heap_region *)(void *)((uint8_t *)block -
                                            round_up(sizeof *region, HEAP_ALIGN));
    if (heap->counts.regions == 1 && region->bytes <= HEAP_KEPT_BYTES)
        return false;
    if (region->next != NULL)
        region->next->previous = region->previous;
    if (region->previous != NULL)
        region->previous->next = region->next;
    else
        heap->regions = region->next;
    heap->counts.regions--;
    heap->counts.region_bytes -= region->bytes;
    heap->shrink(region, region->bytes);
    return true;
}

/* ---- checks ------------------------------------------------------------------------ */

static bool is_filled(const uint8_t *from, size_t bytes, uint8_t value)
{
    for (size_t i = 0; i < bytes; i++)
        if (from[i] != value)
            return false;
    return true;
}

static size_t redzone_bytes(const struct heap_block *block)
{
    return block->size - HEADER - block->asked;
}

static void check_redzone(struct heap_core *heap, struct heap_block *block, struct heap_caller now)
{
    if (!is_filled(memory_of(block) + block->asked, redzone_bytes(block), POISON_REDZONE))
        fail(heap, "was written past its end", block, now);
}

static bool is_tombstone(const uint8_t *at)
{
    return ((const struct heap_block *)(const void *)at)->state == BLOCK_MERGED;
}

/* After the links, which the heap itself writes, all is poison except for tombstones. */
static void check_poison(struct heap_core *heap, struct heap_block *block, struct heap_caller now)
{
    const uint8_t *at = (uint8_t *)block + sizeof *block, *end = (uint8_t *)next_of(block);

    while (at < end) {
        if (at + HEADER <= end && is_tombstone(at)) {
            at += HEADER;
            continue;
        }
        if (!is_filled(at, HEAP_ALIGN, POISON_FREED))
            fail(heap, "was written after it was freed", block, now);
        at += HEAP_ALIGN;
    }
}

/* The block of a pointer that a caller frees; or fail(). */
static struct heap_block *block_of(struct heap_core *heap, const void *pointer,
                                   struct heap_caller now)
{
    struct heap_block *block = (struct heap_block *)((uintptr_t)pointer - HEADER);

    if ((uintptr_t)pointer % HEAP_ALIGN != 0)
        heap->fail("was not allocated by the heap", pointer, (struct heap_caller){NULL, 0},
                   (struct heap_caller){NULL, 0}, now);
    if (block->state == BLOCK_FREE || block->state == BLOCK_MERGED)
        fail(heap, "was already freed", block, now);
    if (block->state != BLOCK_USED || next_of(block)->previous != block->size)
        fail(heap, "was not allocated by the heap, or its header was overwritten", block, now);
    check_redzone(heap, block, now);
    return block;
}

/* ---- allocating ----------------------------------------------------------------------- */

/* Tombstones that would overlap a new header at `at` and its links become poison. */
static void clear_tombstones(uint8_t *at)
{
    uint8_t *from = at - HEADER + HEAP_ALIGN;

    for (; from < at + sizeof(struct heap_block); from += HEAP_ALIGN)
        if (is_tombstone(from))
            memset(from, POISON_FREED, HEADER);
}

/* Cuts `size` bytes off the front; both parts are in no list. */
static struct heap_block *split(struct heap_block *block, size_t size)
{
    struct heap_block *rest = (struct heap_block *)(void *)((uint8_t *)block + size);

    clear_tombstones((uint8_t *)rest);
    memset(rest, 0, HEADER);
    rest->size = block->size - size;
    rest->previous = size;
    rest->state = BLOCK_FREE;
    rest->allocated_file = block->allocated_file;
    rest->allocated_line = block->allocated_line;
    rest->freed_file = block->freed_file;
    rest->freed_line = block->freed_line;
    next_of(block)->previous = rest->size;
    block->size = size;
    return rest;
}

/* How far into a block its memory has to move to be aligned: 0, or room for a separate block. */
static size_t gap_for(struct heap_block *block, size_t align)
{
    uintptr_t memory = (uintptr_t)memory_of(block);
    size_t gap = round_up(memory, align) - memory;

    while (gap != 0 && gap < SMALLEST)
        gap += align;
    return gap;
}

static void *finish_allocation(struct heap_core *heap, struct heap_block *block, size_t bytes,
                               struct heap_caller caller)
{
    block->state = BLOCK_USED;
    block->asked = bytes;
    block->allocated_file = caller.file;
    block->allocated_line = (uint16_t)caller.line;
    block->freed_file = NULL;
    memset(memory_of(block), POISON_NEW, bytes);
    memset(memory_of(block) + bytes, POISON_REDZONE, redzone_bytes(block));
    heap->counts.blocks++;
    heap->counts.bytes += bytes;
    if (heap->counts.bytes > heap->counts.most_bytes)
        heap->counts.most_bytes = heap->counts.bytes;
    return memory_of(block);
}

void *heap_core_allocate(struct heap_core *heap, size_t bytes, size_t align,
                         struct heap_caller caller)
{
    size_t size, search, gap;
    struct heap_block *block;

    if (bytes > LIMIT || align > LIMIT)
        return NULL;
    size = round_up(HEADER + bytes + REDZONE, HEAP_ALIGN);
    if (size < SMALLEST)
        size = SMALLEST;
    search = align <= HEAP_ALIGN ? size : size + align + SMALLEST;
    block = find(heap, search);
    if (block == NULL && add_region(heap, search))
        block = find(heap, search);
    if (block == NULL)
        return NULL;
    check_poison(heap, block, caller);
    remove_from_list(heap, block);
    gap = gap_for(block, align);
    if (gap != 0) {
        struct heap_block *aligned = split(block, gap);

        add_to_list(heap, block);
        block = aligned;
    }
    if (block->size - size >= SMALLEST)
        add_to_list(heap, split(block, size));
    return finish_allocation(heap, block, bytes, caller);
}

/* ---- freeing -------------------------------------------------------------------------- */

/* `block` absorbs the block after it; both are free and in no list. */
static void merge(struct heap_block *block)
{
    struct heap_block *next = next_of(block);

    block->size += next->size;
    next_of(block)->previous = block->size;
    next->state = BLOCK_MERGED;
    memset(next->links, POISON_FREED, sizeof next->links);
}

void heap_core_free(struct heap_core *heap, void *pointer, struct heap_caller caller)
{
    struct heap_block *block, *before;

    if (pointer == NULL)
        return;
    block = block_of(heap, pointer, caller);
    heap->counts.blocks--;
    heap->counts.bytes -= block->asked;
    block->state = BLOCK_FREE;
    block->freed_file = caller.file;
    block->freed_line = (uint16_t)caller.line;
    memset(memory_of(block), POISON_FREED, block->size - HEADER);
    if (next_of(block)->state == BLOCK_FREE) {
        remove_from_list(heap, next_of(block));
        merge(block);
    }
    before = block->previous != 0 ? previous_of(block) : NULL;
    if (before != NULL && before->state == BLOCK_FREE) {
        remove_from_list(heap, before);
        merge(before);
        block = before;
    }
    if (!drop_region(heap, block))
        add_to_list(heap, block);
}

size_t heap_core_size(struct heap_core *heap, const void *pointer, struct heap_caller caller)
{
    return block_of(heap, pointer, caller)->asked;
}

size_t heap_core_check(struct heap_core *heap, struct heap_caller caller)
{
    size_t count = 0;

    for (struct heap_region *r = heap->regions; r != NULL; r = r->next) {
        struct heap_block *block = first_block(r);

        for (; block->state != BLOCK_END; block = next_of(block), count++) {
            if ((block->state != BLOCK_USED && block->state != BLOCK_FREE) || block->size == 0 ||
                next_of(block)->previous != block->size)
                fail(heap, "has a header that was overwritten", block, caller);
            if (block->state == BLOCK_USED)
                check_redzone(heap, block, caller);
            else
                check_poison(heap, block, caller);
        }
    }
    return count;
}
