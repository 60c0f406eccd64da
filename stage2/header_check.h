/*
 * header_check.h - whether this is a kernel, and may be loaded where it requests.
 */
#ifndef STAGE2_HEADER_CHECK_H
#define STAGE2_HEADER_CHECK_H

#include "image_headers.h"
#include "stage2/error.h"

/*
 * Checks everything about a header that does not depend on the machine: returns
 * ERROR_NONE, or which error it is.  Nothing is used before the hash has been
 * checked.  `sectors` is the size of the kernel's partition, including the
 * header's sector.
 */
enum error header_check(const struct kernel_header *header, uint32_t sectors);

#endif
