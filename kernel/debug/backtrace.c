/*
 * backtrace.c - walks the frame pointers, checking each before it is used.
 */
#include "kernel/debug/backtrace.h"

#include "kernel/interrupts/interrupt_frame.h"

#define FRAME_BYTES 16 /* the caller's RBP and the return address */

struct walk {
    struct backtrace *trace;
    const struct backtrace_machine *machine;
    uint64_t rbp;
    uint64_t lowest; /* the next RBP is not below this: the addresses of older frames are higher */
};

static bool end(struct walk *walk, enum backtrace_end reason, uint64_t value)
{
    walk->trace->end = reason;
    walk->trace->end_value = value;
    return false;
}

static bool add(struct walk *walk, enum backtrace_kind kind, uint64_t address)
{
    struct backtrace *trace = walk->trace;
    struct backtrace_entry *last = trace->count > 0 ? &trace->entries[trace->count - 1] : NULL;

    if (last != NULL && last->kind == kind && last->address == address) {
        last->times++;
        return true;
    }
    if (trace->count == BACKTRACE_MAX)
        return end(walk, BACKTRACE_FULL, address);
    trace->entries[trace->count++] = (struct backtrace_entry){kind, address, 1};
    return true;
}

static bool check_frame_pointer(struct walk *walk)
{
    if (walk->rbp == 0)
        return end(walk, BACKTRACE_COMPLETE, 0);
    if (walk->rbp % 8 != 0)
        return end(walk, BACKTRACE_MISALIGNED, walk->rbp);
    if (!walk->machine->is_stack(walk->rbp) ||
        !walk->machine->is_stack(walk->rbp + FRAME_BYTES - 1))
        return end(walk, BACKTRACE_NO_STACK, walk->rbp);
    if (walk->rbp < walk->lowest)
        return end(walk, BACKTRACE_NOT_GROWING, walk->rbp);
    return true;
}

/*
 * The handler's stack frame is just below the registers of the interrupted
 * code, which may have run on another stack.
 */
static bool cross_interrupt(struct walk *walk)
{
    uint64_t frame = walk->rbp + FRAME_BYTES, rip, rbp;

    if (!walk->machine->read(frame + offsetof(struct interrupt_frame, rip), &rip) ||
        !walk->machine->read(frame + offsetof(struct interrupt_frame, rbp), &rbp))
        return end(walk, BACKTRACE_UNREADABLE, frame);
    if (!add(walk, BACKTRACE_INTERRUPTED, rip))
        return false;
    walk->rbp = rbp;
    walk->lowest = 0;
    return true;
}

static bool step(struct walk *walk)
{
    uint64_t return_address, next;

    if (!check_frame_pointer(walk))
        return false;
    if (!walk->machine->read(walk->rbp, &next) ||
        !walk->machine->read(walk->rbp + 8, &return_address))
        return end(walk, BACKTRACE_UNREADABLE, walk->rbp);
    if (!walk->machine->is_code(return_address - 1))
        return end(walk, BACKTRACE_NO_CODE, return_address);
    if (!add(walk, BACKTRACE_CALL, return_address))
        return false;
    if (return_address == walk->machine->interrupt_return)
        return cross_interrupt(walk);
    walk->lowest = walk->rbp + FRAME_BYTES;
    walk->rbp = next;
    return true;
}

/* A call through a wrong pointer has pushed its return address but made no frame yet. */
static bool add_caller_of_no_code(struct walk *walk, uint64_t rip, uint64_t rsp)
{
    uint64_t return_address;

    if (walk->machine->is_code(rip) || !walk->machine->is_stack(rsp) ||
        !walk->machine->read(rsp, &return_address) || !walk->machine->is_code(return_address - 1))
        return true;
    return add(walk, BACKTRACE_CALL, return_address);
}

void backtrace_walk(struct backtrace *trace, const struct backtrace_machine *machine, uint64_t rip,
                    uint64_t rsp, uint64_t rbp)
{
    struct walk walk = {trace, machine, rbp, 0};

    trace->count = 0;
    if (!add(&walk, BACKTRACE_HERE, rip) || !add_caller_of_no_code(&walk, rip, rsp))
        return;
    while (step(&walk))
        ;
}

const char *backtrace_end_text(enum backtrace_end reason)
{
    static const char *const texts[] = {
        [BACKTRACE_COMPLETE] = "",
        [BACKTRACE_FULL] = "there are more calls than a report has room for",
        [BACKTRACE_MISALIGNED] = "the next RBP is not a multiple of 8",
        [BACKTRACE_NO_STACK] = "the next RBP is not in any of the kernel's stacks",
        [BACKTRACE_NOT_GROWING] = "the next RBP is below the one before it",
        [BACKTRACE_UNREADABLE] = "the next frame is not mapped",
        [BACKTRACE_NO_CODE] = "the next return address is not in the kernel's code",
    };

    return texts[reason];
}
