/*
 * backtrace.h - which call led here: the chain of frame pointers.
 *
 * Every function of the kernel's starts with PUSH RBP; MOV RBP, RSP, so that
 * [RBP] is the caller's RBP and [RBP + 8] the return address.  None of that is
 * taken for granted: a report may be about a stack that was overwritten.
 */
#ifndef FIRSTLIGHT_KERNEL_DEBUG_BACKTRACE_H
#define FIRSTLIGHT_KERNEL_DEBUG_BACKTRACE_H

#include <stdbool.h>
#include <stdint.h>

#define BACKTRACE_MAX 32

/* How control left an entry's address. */
enum backtrace_kind {
    BACKTRACE_HERE,        /* RIP itself: the innermost one */
    BACKTRACE_CALL,        /* a return address: the call lies before it */
    BACKTRACE_INTERRUPTED, /* the instruction before which an exception or interrupt came */
};

struct backtrace_entry {
    enum backtrace_kind kind;
    uint64_t address;
    unsigned times; /* a function that calls itself returns to the same address again and again */
};

/* Why there are no more entries. */
enum backtrace_end {
    BACKTRACE_COMPLETE,    /* RBP is 0, as entry.asm set it */
    BACKTRACE_FULL,
    BACKTRACE_MISALIGNED,  /* the next RBP is not a multiple of 8, */
    BACKTRACE_NO_STACK,    /* lies in none of the kernel's stacks, */
    BACKTRACE_NOT_GROWING, /* or below the one before it */
    BACKTRACE_UNREADABLE,  /* nothing is mapped there */
    BACKTRACE_NO_CODE,     /* the return address is outside of the kernel's code */
};

struct backtrace {
    unsigned count;
    struct backtrace_entry entries[BACKTRACE_MAX];
    enum backtrace_end end;
    uint64_t end_value; /* the RBP or return address that ended it */
};

/* What the walk asks the machine. */
struct backtrace_machine {
    bool (*read)(uint64_t address, uint64_t *value);
    bool (*is_stack)(uint64_t address);
    bool (*is_code)(uint64_t address);
    uint64_t interrupt_return; /* where handlers return to: a struct interrupt_frame follows */
};

/* The chain from these registers on. */
void backtrace_walk(struct backtrace *trace, const struct backtrace_machine *machine, uint64_t rip,
                    uint64_t rsp, uint64_t rbp);

/* "" for a complete backtrace, else the reason why it ends. */
const char *backtrace_end_text(enum backtrace_end end);

#endif
