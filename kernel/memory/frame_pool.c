/*
 * frame_pool.c - the bitmap of free frames.  kernel/memory/frames.c owns this
 * machine's pool; the host's tests make others.
 */
#include "kernel/memory/frame_pool.h"

#include "lib/string.h"

#define WORD_BITS 64ul
#define CHUNK_FRAMES 32768ul /* 128 MiB */
#define CHUNK_WORDS (CHUNK_FRAMES / WORD_BITS)
#define LOW_FRAMES (0x100000 / FRAME_SIZE)

static uint64_t chunks_of(uint64_t frames)
{
    return (frames + CHUNK_FRAMES - 1) / CHUNK_FRAMES;
}

static uint64_t bitmap_words(uint64_t frames)
{
    return chunks_of(frames) * CHUNK_WORDS;
}

size_t frame_pool_bytes(uint64_t end)
{
    uint64_t frames = end / FRAME_SIZE;

    return bitmap_words(frames) * sizeof(uint64_t) + chunks_of(frames) * sizeof(struct frame_chunk);
}

void frame_pool_start(struct frame_pool *pool, uint64_t end, void *memory)
{
    *pool = (struct frame_pool){
        .bitmap = memory,
        .frames = end / FRAME_SIZE,
    };
    pool->chunks = (struct frame_chunk *)(pool->bitmap + bitmap_words(pool->frames));
    memset(pool->chunks, 0, chunks_of(pool->frames) * sizeof(struct frame_chunk));
}

/* ---- changing -------------------------------------------------------------- */

/* Writes a chunk's part of the bitmap, when its frames differ for the first time. */
static void write_bits(struct frame_pool *pool, uint64_t number)
{
    struct frame_chunk *chunk = &pool->chunks[number];

    if (chunk->has_bits)
        return;
    memset(&pool->bitmap[number * CHUNK_WORDS], chunk->free == 0 ? 0 : 0xff,
           CHUNK_WORDS * sizeof(uint64_t));
    chunk->has_bits = true;
}

/* Flips bits within one chunk. */
static void flip_bits(struct frame_pool *pool, uint64_t frame, uint64_t count)
{
    uint64_t covered;

    for (; count > 0; frame += covered, count -= covered) {
        uint64_t first = frame % WORD_BITS, room = WORD_BITS - first;

        covered = count < room ? count : room;
        pool->bitmap[frame / WORD_BITS] ^= (~0ul >> (WORD_BITS - covered)) << first;
    }
}

/* From `frame` to the end of its chunk, but no further than `end`. */
static uint64_t chunk_limit(uint64_t frame, uint64_t end)
{
    uint64_t limit = (frame / CHUNK_FRAMES + 1) * CHUNK_FRAMES;

    return limit < end ? limit : end;
}

/* Flips frames from used to free or back; all of them must have the opposite state. */
static void flip(struct frame_pool *pool, uint64_t frame, uint64_t count, bool to_free)
{
    for (uint64_t end = frame + count, limit; frame < end; frame = limit) {
        uint64_t number = frame / CHUNK_FRAMES;
        struct frame_chunk *chunk = &pool->chunks[number];

        limit = chunk_limit(frame, end);
        if (limit - frame < CHUNK_FRAMES)
            write_bits(pool, number);
        if (chunk->has_bits)
            flip_bits(pool, frame, limit - frame);
        chunk->free += (uint32_t)(to_free ? limit - frame : frame - limit);
    }
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

/* ---- searching --------------------------------------------------------------- */

/* The first free (or used) frame in [from, end), by the bitmap; or `end`. */
static uint64_t next_bit(const struct frame_pool *pool, uint64_t from, uint64_t end, bool is_free)
{
    while (from < end) {
        uint64_t bits = pool->bitmap[from / WORD_BITS] ^ (is_free ? 0 : ~0ul);
        uint64_t rest = bits >> from % WORD_BITS;

        if (rest != 0) {
            from += (uint64_t)__builtin_ctzll(rest);
            return from < end ? from : end;
        }
        from += WORD_BITS - from % WORD_BITS;
    }
    return end;
}

/* The same by chunks: one whose frames are all alike is skipped, or taken, in one step. */
static uint64_t next(const struct frame_pool *pool, uint64_t from, uint64_t end, bool is_free)
{
    for (uint64_t limit; from < end; from = limit) {
        const struct frame_chunk *chunk = &pool->chunks[from / CHUNK_FRAMES];

        limit = chunk_limit(from, end);
        if (chunk->free == (is_free ? 0 : CHUNK_FRAMES))
            continue;

        uint64_t found = chunk->has_bits ? next_bit(pool, from, limit, is_free) : from;

        if (found < limit)
            return found;
    }
    return end;
}

static uint64_t next_free(const struct frame_pool *pool, uint64_t from, uint64_t end)
{
    return next(pool, from, end, true);
}

static uint64_t next_used(const struct frame_pool *pool, uint64_t from, uint64_t end)
{
    return next(pool, from, end, false);
}

/* A run of `count` free frames in [from, end) that begins at a multiple of `align`, or `end`. */
static uint64_t find_run(const struct frame_pool *pool, uint64_t from, uint64_t end, uint64_t count,
                         uint64_t align)
{
    for (;;) {
        from = next_free(pool, from, end);

        uint64_t start = (from + align - 1) / align * align;

        if (start >= end || count > end - start)
            return end;
        from = next_used(pool, start, start + count);
        if (from == start + count)
            return start;
    }
}

/* ---- allocating and freeing -------------------------------------------------- */

static uint64_t find(const struct frame_pool *pool, uint64_t count, uint64_t align)
{
    uint64_t end = pool->frames, low = end < LOW_FRAMES ? end : LOW_FRAMES;
    uint64_t from = pool->hint * CHUNK_FRAMES;
    uint64_t found = end;

    if (count == 1 && from > low) /* continue after the last one found */
        found = find_run(pool, from, end, count, align);
    if (found == end)
        found = find_run(pool, low, end, count, align);
    if (found == end)
        found = find_run(pool, 0, end, count, align);
    return found;
}

uint64_t frame_pool_allocate(struct frame_pool *pool, uint64_t count, uint64_t align)
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

bool frame_pool_free(struct frame_pool *pool, uint64_t address, uint64_t count)
{
    uint64_t first = address / FRAME_SIZE;

    if (address % FRAME_SIZE != 0 || count == 0 || first >= pool->frames ||
        count > pool->frames - first || next_free(pool, first, first + count) != first + count)
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
        uint64_t end = next_used(pool, at, pool->frames);

        if (end - at > longest)
            longest = end - at;
        at = next_free(pool, end, pool->frames);
    }
    return longest;
}
