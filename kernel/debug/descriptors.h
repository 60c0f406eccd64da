/*
 * descriptors.h - decodes segment descriptors and gates.  Pure.
 *
 * Their fields are scattered for compatibility with the 80286 and 80386: Intel
 * SDM 3A, 3.4.5 (segments), 7.2.3 (64-bit TSS), 6.14.1 (64-bit gates).
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_DESCRIPTORS_H
#define FIRSTLIGHT_KERNEL_DEBUG_DESCRIPTORS_H

#include <stdbool.h>
#include <stdint.h>

struct descriptor {
    const char *kind; /* "null", "64-bit code", "data", "64-bit TSS, busy" ... */
    bool is_null;
    bool is_system; /* takes two of the GDT's entries in long mode */
    unsigned dpl;   /* the ring, 0 to 3 */
    uint64_t base;
    uint64_t limit; /* the offset of the last byte */
};

/* `low` is the entry, `high` the next one, which is only used by a system descriptor. */
struct descriptor descriptor_decode(uint64_t low, uint64_t high);

struct gate_fields {
    const char *kind; /* "interrupt gate", "trap gate", "not present" ... */
    bool present;
    uint16_t selector;
    unsigned ist; /* 0: the current stack */
    unsigned dpl;
    uint64_t offset;
};

struct gate_fields descriptor_decode_gate(uint64_t low, uint64_t high);

#endif
