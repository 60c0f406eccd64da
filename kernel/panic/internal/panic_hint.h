/* panic_hint.h - says in a sentence what a fault looks like. */
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
    bool has_address; /* the address of the memory access that failed is known */
    uint64_t address;
    enum image_part part;      /* where in the kernel's image that address is, */
    enum image_part rip_part;  /* and where RIP is */
    const char *guarded_stack; /* the stack whose guard page the address is in, or NULL */
    bool is_ud2;               /* the instruction at RIP is UD2 */
    uint8_t system_status;     /* port 61h, which shows the cause of an NMI */
};

/* Writes a sentence without its full stop to `text`; "" if there is no hint. */
void panic_hint(char *text, size_t size, const struct hint_facts *facts);

#endif
