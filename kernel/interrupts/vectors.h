/*
 * vectors.h - the exceptions by their vectors: VECTOR_PAGE_FAULT and so on
 * (include/exceptions.def), and what a page fault's error code says.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_VECTORS_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_VECTORS_H

enum exception_vector {
#define EXCEPTION(vector, id, mnemonic, name) VECTOR_##id = vector,
#include "exceptions.def"
#undef EXCEPTION
};

/* Error code of a page fault (Intel SDM 3A, 4.7). */
#define PF_PRESENT (1u << 0)
#define PF_WRITE (1u << 1)
#define PF_RESERVED (1u << 3)
#define PF_FETCH (1u << 4)

#endif
