/*
 * frame_pool.c - the bitmap of free frames.  kernel/memory/frames.c owns the
 * one of this machine; the host's tests make others.
 */
#include "kernel/memory/frame_pool.h"

#include "lib/string.h"

#define WORD_BITS 64ul
#define CHUNK_FRAMES 32768ul /* 128 MiB */
#define LOW_FRAMES (0x100000 / FRAME_SIZE)

static uint64_t chunks_of(uint64_t frames)
{
    return (frames + CHUNK_FRAMES - 1) / CHUNK_FRAMES;
}

static uint64_t bitmap_words(uint64_t frames)
{
    return chunks_of(frames) * CHUNK_FRAMES / WORD_BITS;
}

size_t frame_pool_bytes(uint64_t end)
{
    uint64_t frames = end / FRAME_SIZE;

    return bitmap_words(frames) * sizeof(uint64_t) + chunks_of(frames) * sizeof(uint32_t);
}

void frame_pool_start(struct frame_pool *pool, uint64_t end, void *memory)
{
    memset(memory, 0, frame_pool_bytes(end));
    *pool = (struct frame_pool){
        .bitmap = memory,
        .frames = end / FRAME_SIZE,
    };
    pool->chunk_free = (uint32_t *)(pool->bitmap + bitmap_words(pool->frames));
}

static bool is_free(const struct frame_pool *pool, uint64_t frame)
{
    return pool->bitmap[frame / WORD_BITS] >> frame % WORD_BITS & 1;
}

/* The bits of a word that stand for `frame` and up to `count` frames after it. */
static uint64_t word_mask(uint64_t frame, uint64_t count, uint64_t *covered)
{
    uint64_t first = frame % WORD_BITS, room = WORD_BITS - first;

    *covered = count < room ? count : room;
    return (*covered == WORD_BITS ? ~0ul : (1ul << *covered) - 1) << first;
}

/* Flips frames from used to free or back; all of them are the other thing now. */
static void flip(struct frame_pool *pool, uint64_t frame, uint64_t count, bool to_free)
{
    uint64_t covered;

    for (; count > 0; frame += covered, count -= covered) {
        uint64_t mask = word_mask(frame, count, &covered);

        pool->bitmap[frame / WORD_BITS] ^= mask;
        if (to_free)
            pool->chunk_free[frame / CHUNK_FRAMES] += (uint32_t)covered;
        else
            pool->chunk_free[frame / CHUNK_FRAMES] -= (uint32_t)covered;
    }
}

/* True if no frame of the range is free. */
static bool all_used(const struct frame_pool *pool, uint64_t frame, uint64_t count)
{
    uint64_t covered;

    for (; count > 0; frame += covered, count -= covered)
        if (pool->bitmap[frame / WORD_BITS] & word_mask(frame, count, &covered))
            return false;
    return true;
}

void frame_pool_add(struct frame_pool *pool, uint64_t base, uint64_t bytes)
{
    uint64_t first = (base + FRAME_SIZE - 1) / FRAME_SIZE;
    uint64_t end = (base + bytes) / FRAME_SIZE;

    if (end > pool->frames)
        end = pool->frames;
    if (first >= end)
        return;
    flip(pool, first, end - first, true);
    pool->usable += end - first;
    pool->free += end - first;
    pool->lowest_free = pool->free;
}

/* The first free frame of a chunk from `from` on; `end` if there is none. */
static uint64_t first_free(const struct frame_pool *pool, uint64_t from, uint64_t end)
{
    while (from < end) {
        uint64_t rest = pool->bitmap[from / WORD_BITS] >> from % WORD_BITS;

        if (rest != 0)
            return from + (uint64_t)__builtin_ctzll(rest);
        from += WORD_BITS - from % WORD_BITS;
    }
    return end;
}

/* The first used frame from `from` on, or `end`. */
static uint64_t first_used(const struct frame_pool *pool, uint64_t from, uint64_t end)
{
    while (from < end) {
        uint64_t rest = ~pool->bitmap[from / WORD_BITS] >> from % WORD_BITS;

        if (rest != 0)
            return from + (uint64_t)__builtin_ctzll(rest) < end
                       ? from + (uint64_t)__builtin_ctzll(rest) : end;
        from += WORD_BITS - from % WORD_BITS;
    }
    return end;
}

/* The next free frame in [from, end), by chunks that have one; or `end`. */
static uint64_t next_free(const struct frame_pool *pool, uint64_t from, uint64_t end)
{
    while (from < end) {
        uint64_t chunk_end = (from / CHUNK_FRAMES + 1) * CHUNK_FRAMES;
        uint64_t limit = chunk_end < end ? chunk_end : end;

        if (pool->chunk_free[from / CHUNK_FRAMES] != 0) {
            uint64_t found = first_free(pool, from, limit);

            if (found < limit)
                return found;
        }
        from = limit;
    }
    return end;
}

/* A run of `count` free frames in [from, end) that begins at a multiple of `align`, or `end`. */
static uint64_t find_run(const struct frame_pool *pool, uint64_t from, uint64_t end,
                         uint64_t count, uint64_t align)
{
    for (;;) {
        from = next_free(pool, from, end);

        uint64_t start = (from + align - 1) / align * align;

        if (start >= end || count > end - start)
            return end;
        if (start == from || is_free(pool, start)) {
            uint64_t stop = first_used(pool, start, start + count);

            if (stop == start + count)
                return start;
            from = stop;
        } else {
            from = start;
        }
    }
}

static uint64_t find(const struct frame_pool *pool, uint64_t count, uint64_t align)
{
    uint64_t end = pool->frames, low = end < LOW_FRAMES ? end : LOW_FRAMES;
    uint64_t from = pool->hint * CHUNK_FRAMES;
    uint64_t found = end;

    if (count == 1 && from > low) /* go on where the last one was */
        found = find_run(pool, from, end, count, align);
    if (found == end)
        found = find_run(pool, low, end, count, align);
    if (found == end)
        found = find_run(pool, 0, end, count, align);
    return found;
}

uint64_t frame_pool_take(struct frame_pool *pool, uint64_t count, uint64_t align)
{
    if (count == 0 || count > pool->free)
        return FRAME_NONE;

    uint64_t found = find(pool, count, align / FRAME_SIZE);

    if (found == pool->frames)
        return FRAME_NONE;
    flip(pool, found, count, false);
    pool->free -= count;
    if (pool->free < pool->lowest_free)
        pool->lowest_free = pool->free;
    if (count == 1)
        pool->hint = found / CHUNK_FRAMES;
    return found * FRAME_SIZE;
}

bool frame_pool_give(struct frame_pool *pool, uint64_t address, uint64_t count)
{
    uint64_t first = address / FRAME_SIZE;

    if (address % FRAME_SIZE != 0 || count == 0 || first >= pool->frames ||
        count > pool->frames - first || !all_used(pool, first, count))
        return false;
    flip(pool, first, count, true);
    pool->free += count;
    if (first / CHUNK_FRAMES < pool->hint)
        pool->hint = first / CHUNK_FRAMES;
    return true;
}

uint64_t frame_pool_longest_run(const struct frame_pool *pool)
{
    uint64_t longest = 0;

    for (uint64_t at = next_free(pool, 0, pool->frames); at < pool->frames;) {
        uint64_t end = first_used(pool, at, pool->frames);

        if (end - at > longest)
            longest = end - at;
        at = next_free(pool, end, pool->frames);
    }
    return longest;
}
