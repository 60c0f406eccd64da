/* panic_hint.h - what a fault looks like, in a sentence. */
#ifndef FIRSTLIGHT_KERNEL_PANIC_INTERNAL_PANIC_HINT_H
#define FIRSTLIGHT_KERNEL_PANIC_INTERNAL_PANIC_HINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/debug/kernel_symbols.h"

#define HINT_NO_VECTOR 256 /* a panic without an exception */

/* What the hint is made from. */
struct hint_facts {
    uint64_t vector;
    uint64_t error_code;
    uint64_t rbp;
    bool rbp_in_stack;
    bool has_address;          /* of the memory access that failed */
    uint64_t address;
    enum image_part part;      /* where in the kernel's image the address lies, */
    enum image_part rip_part;  /* and RIP */
    const char *guarded_stack; /* the stack whose guard page the address is in, or NULL */
    bool is_ud2;               /* the instruction is UD2 */
    uint8_t system_status;     /* port 61h, which knows the cause of an NMI */
};

/* Writes a sentence without its full stop to `text`; "" if there is nothing to say. */
void panic_hint(char *text, size_t size, const struct hint_facts *facts);

#endif
