/*
 * backtrace.h - which calls led here: the chain of frame pointers.
 *
 * Every function of the kernel starts with PUSH RBP; MOV RBP, RSP, so that
 * [RBP] is the caller's RBP and [RBP + 8] the return address.  None of that is
 * taken for granted: the report may be about a stack that was overwritten.
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_BACKTRACE_H
#define FIRSTLIGHT_KERNEL_DEBUG_BACKTRACE_H

#include <stdbool.h>
#include <stdint.h>

#define BACKTRACE_MAX 32

/* How control left the code at an entry's address. */
enum backtrace_kind {
    BACKTRACE_HERE,        /* RIP itself: the innermost one */
    BACKTRACE_CALL,        /* a return address: the call is just before it */
    BACKTRACE_INTERRUPTED, /* the instruction before which an exception or interrupt was taken */
};

struct backtrace_entry {
    enum backtrace_kind kind;
    uint64_t address;
    unsigned times; /* a recursive function returns to the same address again and again */
};

/* Why there are no more entries. */
enum backtrace_end {
    BACKTRACE_COMPLETE, /* RBP is 0, as entry.asm set it */
    BACKTRACE_FULL,
    BACKTRACE_MISALIGNED,  /* the next RBP is not a multiple of 8, */
    BACKTRACE_NO_STACK,    /* or is not in any of the kernel's stacks, */
    BACKTRACE_NOT_GROWING, /* or is below the one before it */
    BACKTRACE_UNREADABLE,  /* nothing is mapped there */
    BACKTRACE_NO_CODE,     /* the return address is outside the kernel's code */
};

struct backtrace {
    unsigned count;
    struct backtrace_entry entries[BACKTRACE_MAX];
    enum backtrace_end end;
    uint64_t end_value; /* the RBP or return address that ended the walk */
};

/* How the walk accesses the machine. */
struct backtrace_machine {
    bool (*read)(uint64_t address, uint64_t *value);
    bool (*is_stack)(uint64_t address);
    bool (*is_code)(uint64_t address);
    uint64_t interrupt_return; /* where handlers return to; there is a struct interrupt_frame */
};

/* Walks the chain, starting at these registers. */
void backtrace_walk(struct backtrace *trace, const struct backtrace_machine *machine, uint64_t rip,
                    uint64_t rsp, uint64_t rbp);

/* "" for a complete backtrace, else the reason why it ends. */
const char *backtrace_end_text(enum backtrace_end reason);

#endif
