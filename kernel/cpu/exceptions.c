/*
 * exceptions.c - names an exception and panics with it.
 *
 * Called by the stubs in exception_stubs.asm, with interrupts disabled, on the
 * stack of the code that failed.  Names: include/exceptions.def.
 */
#include "kernel/cpu/exceptions.h"

#include <stdbool.h>

#include "kernel/panic/panic.h"
#include "lib/cpu.h"

#define PAGE_FAULT 14

/* Error code of a page fault (Intel SDM 3A, 4.7). */
#define PF_PRESENT (1u << 0)
#define PF_WRITE (1u << 1)
#define PF_RESERVED (1u << 3)
#define PF_FETCH (1u << 4)

struct exception {
    const char *mnemonic;
    const char *name;
};

static const struct exception exceptions[EXCEPTIONS] = {
#define EXCEPTION(vector, mnemonic, name) [vector] = {mnemonic, name},
#include "exceptions.def"
#undef EXCEPTION
};

static const char *page_fault_access(uint64_t error_code)
{
    if (error_code & PF_FETCH)
        return "execution";
    return error_code & PF_WRITE ? "write" : "read";
}

static const char *page_fault_cause(uint64_t error_code)
{
    if (error_code & PF_RESERVED)
        return "reserved bit set in a page table";
    return error_code & PF_PRESENT ? "not permitted" : "page not present";
}

static bool has_error_code(uint64_t vector)
{
    return EXCEPTIONS_WITH_CODE >> vector & 1;
}

void exception_handler(const struct interrupt_frame *frame)
{
    KASSERT((uint64_t)frame % 16 == 0);
    KASSERT(frame->vector < EXCEPTIONS);

    const struct exception *e = &exceptions[frame->vector];
    uint64_t error_code = frame->error_code;

    if (frame->vector == PAGE_FAULT)
        panic_frame(frame, "%s %s, error code 0x%lx: %s at 0x%lx, %s", e->mnemonic, e->name,
                    error_code, page_fault_access(error_code), read_cr2(),
                    page_fault_cause(error_code));
    if (has_error_code(frame->vector))
        panic_frame(frame, "%s %s, error code 0x%lx", e->mnemonic, e->name, error_code);
    panic_frame(frame, "%s %s", e->mnemonic, e->name);
}
