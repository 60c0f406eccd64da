/*
 * register_bits.h - register values as the manuals' bit names.
 *
 * The names come from include/register_bits.def, which the debugger's commands
 * (tools/debug/) also read.
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_REGISTER_BITS_H
#define FIRSTLIGHT_KERNEL_DEBUG_REGISTER_BITS_H

#include <stddef.h>
#include <stdint.h>

/* The first column of the table. */
enum bits_of {
    BITS_OF_CR0,
    BITS_OF_CR4,
    BITS_OF_EFER,
    BITS_OF_RFLAGS,
    BITS_OF_PAGE,           /* an entry of a page table of any level */
    BITS_OF_PAGE_FAULT,     /* the error code of #PF */
    BITS_OF_SELECTOR_ERROR, /* an error code that holds a selector */
    BITS_OF_DESCRIPTOR,     /* a segment descriptor */
    BITS_OF_MC_STATUS,      /* a machine-check bank's status */
};

struct register_bit {
    enum bits_of of;
    unsigned bit;
    const char *name;
    const char *meaning;
};

extern const struct register_bit register_bits[];
extern const size_t register_bits_count;

#define REGISTER_BITS_TEXT 160 /* enough for any value */

/*
 * "PE ET PG": the names of the bits that are 1, lowest first; "none" if there
 * are none.  `buffer` of `size` bytes is always terminated.  Returns `buffer`.
 */
const char *register_bits_names(char *buffer, size_t size, enum bits_of of, uint64_t value);

#endif
