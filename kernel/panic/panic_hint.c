/*
 * panic_hint.c - recognises the usual mistakes by the address and the error code.
 *
 * Pure: panic_report.c gathers the facts.  The first hint that fits is used. A
 * hint says what the fault looks like, never what it certainly is.
 */
#include "kernel/panic/internal/panic_hint.h"

#include "kernel/debug/canonical.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/memory/poison.h"
#include "lib/format.h"

#define NULL_PAGE 4096
#define MEMBERS_MAX 65536 /* how far beyond a pointer's value a member may be accessed */

/* System control port B, as in the PC AT: the cause of an NMI. */
#define STATUS_SERR 0x80
#define STATUS_IOCHK 0x40

struct hint {
    char *text;
    size_t size;
};

static bool is_page_fault(const struct hint_facts *f)
{
    return f->vector == VECTOR_PAGE_FAULT;
}

static bool hint_stack(struct hint h, const struct hint_facts *f)
{
    if (f->guarded_stack == NULL)
        return false;
    format_string(h.text, h.size, "0x%lx is in the guard page below %s: the stack overflowed",
                  f->address, f->guarded_stack);
    return true;
}

static bool hint_null(struct hint h, const struct hint_facts *f)
{
    if (!is_page_fault(f) || f->address >= NULL_PAGE)
        return false;
    if (f->error_code & PF_FETCH)
        format_string(h.text, h.size, "a NULL function pointer was called");
    else
        format_string(h.text, h.size, "a NULL pointer was used, at offset 0x%lx (%lu)", f->address,
                      f->address);
    return true;
}

/* True if `address` is a pointer filled with `byte`, plus an offset. */
static bool is_poison(uint64_t address, uint8_t byte)
{
    return address - byte * 0x0101010101010101ull + MEMBERS_MAX < 2 * MEMBERS_MAX;
}

static bool hint_poison(struct hint h, const struct hint_facts *f)
{
    if (!f->has_address)
        return false;
    if (is_poison(f->address, POISON_FREED))
        format_string(h.text, h.size,
                      "0x%lx looks like a pointer read from freed memory, which is filled with %Xh",
                      f->address, POISON_FREED);
    else if (is_poison(f->address, POISON_NEW))
        format_string(h.text, h.size,
                      "0x%lx looks like a pointer that was never set: new memory is "
                      "filled with %Xh",
                      f->address, POISON_NEW);
    else
        return false;
    return true;
}

static bool hint_non_canonical(struct hint h, const struct hint_facts *f)
{
    if (!f->has_address || is_canonical(f->address))
        return false;
    format_string(h.text, h.size, "0x%lx is not a canonical address: bits 63 to 47 differ",
                  f->address);
    return true;
}

static bool hint_fetch(struct hint h, const struct hint_facts *f)
{
    if (!is_page_fault(f) || !(f->error_code & PF_FETCH))
        return false;
    format_string(
        h.text, h.size,
        f->error_code & PF_PRESENT
            ? "the CPU jumped into data: a wrong function pointer, or an overwritten return address"
            : "the CPU jumped to where nothing is mapped: a wrong function pointer, or an "
              "overwritten return address");
    return true;
}

static bool hint_write(struct hint h, const struct hint_facts *f)
{
    bool forbidden = is_page_fault(f) && f->error_code & PF_WRITE && f->error_code & PF_PRESENT;

    if (!forbidden || (f->part != IMAGE_CODE && f->part != IMAGE_CONSTANTS))
        return false;
    format_string(h.text, h.size, "something wrote to the kernel's %s, which are read-only",
                  f->part == IMAGE_CODE ? "instructions" : "constants");
    return true;
}

static bool hint_ud2(struct hint h, const struct hint_facts *f)
{
    if (f->vector != VECTOR_INVALID_OPCODE || !f->is_ud2)
        return false;
    format_string(h.text, h.size, "UD2 marks a place that the program must never reach");
    return true;
}

static bool hint_lost(struct hint h, const struct hint_facts *f)
{
    if (f->vector == HINT_NO_VECTOR || f->rip_part == IMAGE_CODE)
        return false;
    format_string(h.text, h.size,
                  "RIP is outside the kernel's code: a wrong function pointer, or an overwritten "
                  "return address");
    return true;
}

/*
 * RBP is a multiple of 16 after PUSH RBP; MOV RBP, RSP, because RSP was one
 * before the call (System V ABI, 3.2.2; toolchain.mk makes GCC keep to it).
 * RSP itself may have any value.
 */
static bool hint_misaligned(struct hint h, const struct hint_facts *f)
{
    if (!f->rbp_in_stack || f->rbp % 16 == 0)
        return false;
    format_string(h.text, h.size,
                  "the stack is misaligned: RBP is not a multiple of 16, so the function was "
                  "called with RSP off by %lu",
                  f->rbp % 16);
    return true;
}

static bool hint_nmi(struct hint h, const struct hint_facts *f)
{
    if (f->vector != VECTOR_NMI)
        return false;
    if (f->system_status & STATUS_SERR)
        format_string(h.text, h.size, "the chipset reports SERR#: a memory or bus error");
    else if (f->system_status & STATUS_IOCHK)
        format_string(h.text, h.size, "the chipset reports IOCHK#: an expansion card failed");
    else
        format_string(h.text, h.size,
                      "the chipset reports neither SERR# nor IOCHK#: a watchdog, or a person, sent "
                      "the NMI");
    return true;
}

void panic_hint(char *text, size_t size, const struct hint_facts *facts)
{
    static bool (*const rules[])(struct hint, const struct hint_facts *) = {
        hint_nmi,   hint_stack, hint_null, hint_poison,     hint_non_canonical,
        hint_fetch, hint_write, hint_lost, hint_misaligned, hint_ud2,
    };

    text[0] = '\0';
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i]((struct hint){text, size}, facts))
            return;
}
