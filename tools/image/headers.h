/*
 * headers.h - the two header sectors, made and checked on the host.
 */
#ifndef FIRSTLIGHT_TOOLS_IMAGE_HEADERS_H
#define FIRSTLIGHT_TOOLS_IMAGE_HEADERS_H

#include <stddef.h>
#include <stdint.h>

#include "image_headers.h"

/*
 * The header for stage 2's `size` bytes, which begin with room for it; zeros
 * fill the last sector.  Returns the number of excess bytes, 0 if all fit.
 */
size_t make_stage2_header(const uint8_t *stage2, size_t size, struct stage2_header *header);

/* What a kernel's header requests, as numbers of any size: they may not fit. */
struct kernel_wishes {
    uint64_t load, entry, memory_bytes;
};

/*
 * The kernel's header.  Returns NULL, or what is wrong in words: rules that the
 * loader also checks are the loader's own code (stage2/header_check.c).
 */
const char *make_kernel_header(const void *payload, uint64_t size,
                               const struct kernel_wishes *wishes, struct kernel_header *header);

/*
 * Stage 2's two checksums, which go on from `sum` (0 at the start).  The one of
 * its first sectors adds up 32-bit words: `bytes` is a multiple of 4.  The one of
 * the rest is described in layout.h: `bytes` is a multiple of STAGE2_SUM_BLOCK.
 */
uint32_t word_sum(uint32_t sum, const void *data, size_t bytes);
uint32_t rest_sum(uint32_t sum, const void *data, size_t bytes);

#endif
