/*
 * header_check.h - is this a kernel, and may it go where it wants?
 */
#ifndef STAGE2_HEADER_CHECK_H
#define STAGE2_HEADER_CHECK_H

#include "image_headers.h"
#include "stage2/error.h"

/*
 * Checks everything about a header that does not depend on the machine:
 * ERROR_NONE, or which error it is.  Nothing is believed before its hash.
 * `sectors` is the size of its partition, the header's sector included.
 */
enum error header_check(const struct kernel_header *header, uint32_t sectors);

#endif
