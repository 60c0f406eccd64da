/*
 * xxh32.c - XXH32, the checksum of the kernel and its header.
 *
 * Stage 2 runs it on a whole kernel, so speed matters: each step handles
 * sixteen bytes in four independent lanes.  Written from the algorithm's
 * description, doc/xxhash_spec.md, whose names of steps and primes are kept.
 */
#include "xxh32.h"

#define PRIME32_1 0x9e3779b1u
#define PRIME32_2 0x85ebca77u
#define PRIME32_3 0xc2b2ae3du
#define PRIME32_4 0x27d4eb2fu
#define PRIME32_5 0x165667b1u

#define STRIPE 16 /* bytes: one word for each lane */

/* A little-endian word at any address, which on x86 is one instruction. */
struct __attribute__((packed, may_alias)) word {
    uint32_t value;
};

static uint32_t load(const uint8_t *p)
{
    return ((const struct word *)p)->value;
}

static uint32_t rotate_left(uint32_t x, unsigned bits)
{
    return x << bits | x >> (32 - bits);
}

static uint32_t lane_round(uint32_t lane, uint32_t input)
{
    return rotate_left(lane + input * PRIME32_2, 13) * PRIME32_1;
}

/* Steps 1 to 3: at least one whole stripe.  Leaves *p at the first byte of the rest. */
static uint32_t consume_stripes(const uint8_t **p, size_t bytes)
{
    const uint8_t *next = *p;
    const uint8_t *end = next + bytes / STRIPE * STRIPE;
    uint32_t lane1 = PRIME32_1 + PRIME32_2;
    uint32_t lane2 = PRIME32_2;
    uint32_t lane3 = 0;
    uint32_t lane4 = 0 - PRIME32_1;

    for (; next != end; next += STRIPE) {
        lane1 = lane_round(lane1, load(next));
        lane2 = lane_round(lane2, load(next + 4));
        lane3 = lane_round(lane3, load(next + 8));
        lane4 = lane_round(lane4, load(next + 12));
    }
    *p = end;
    return rotate_left(lane1, 1) + rotate_left(lane2, 7) + rotate_left(lane3, 12) +
           rotate_left(lane4, 18);
}

/* Step 5: the rest, fewer than sixteen bytes. */
static uint32_t consume_rest(uint32_t hash, const uint8_t *p, size_t bytes)
{
    for (; bytes >= 4; bytes -= 4, p += 4)
        hash = rotate_left(hash + load(p) * PRIME32_3, 17) * PRIME32_4;
    for (; bytes > 0; bytes--, p++)
        hash = rotate_left(hash + *p * PRIME32_5, 11) * PRIME32_1;
    return hash;
}

/* Step 6: every bit of the input can affect every bit of the hash. */
static uint32_t avalanche(uint32_t hash)
{
    hash ^= hash >> 15;
    hash *= PRIME32_2;
    hash ^= hash >> 13;
    hash *= PRIME32_3;
    hash ^= hash >> 16;
    return hash;
}

uint32_t xxh32(const void *data, size_t bytes)
{
    const uint8_t *p = data;
    uint32_t hash = bytes >= STRIPE ? consume_stripes(&p, bytes) : PRIME32_5;

    hash += (uint32_t)bytes; /* step 4: the length, modulo 2^32 */
    return avalanche(consume_rest(hash, p, bytes % STRIPE));
}
