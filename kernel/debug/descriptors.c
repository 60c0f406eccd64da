/*
 * descriptors.c - decodes the entries of GDT and IDT.  The shell's `gdt` and `idt` call it.
 */
#include "kernel/debug/descriptors.h"

/* Bits of a segment descriptor; include/register_bits.def has their names. */
#define DC (1ull << 42)
#define X (1ull << 43)
#define S (1ull << 44)
#define P (1ull << 47)
#define L (1ull << 53)
#define DB (1ull << 54)
#define G (1ull << 55)

/* Types of system descriptors and gates in long mode (Intel SDM 3A, table 3-2). */
#define TYPE_LDT 2
#define TYPE_TSS_AVAILABLE 9
#define TYPE_TSS_BUSY 11
#define TYPE_CALL_GATE 12
#define TYPE_INTERRUPT_GATE 14
#define TYPE_TRAP_GATE 15

/* `count` bits of `value`, starting at bit `first`. */
static uint64_t field(uint64_t value, unsigned first, unsigned count)
{
    return value >> first & ((1ull << count) - 1);
}

static const char *system_kind(uint64_t type)
{
    switch (type) {
    case TYPE_LDT: return "LDT";
    case TYPE_TSS_AVAILABLE: return "64-bit TSS, available";
    case TYPE_TSS_BUSY: return "64-bit TSS, busy";
    case TYPE_CALL_GATE: return "call gate";
    case TYPE_INTERRUPT_GATE: return "interrupt gate";
    case TYPE_TRAP_GATE: return "trap gate";
    default: return "reserved type";
    }
}

static const char *segment_kind(uint64_t low)
{
    if (!(low & X))
        return low & DC ? "data, grows down" : "data";
    if (low & L)
        return low & DB ? "code, L and DB: reserved" : "64-bit code";
    return low & DB ? "32-bit code" : "16-bit code";
}

struct descriptor descriptor_decode(uint64_t low, uint64_t high)
{
    struct descriptor d = {.kind = "null", .is_null = low == 0};

    if (d.is_null)
        return d;
    d.is_system = !(low & S);
    d.kind = !(low & P)    ? "not present"
             : d.is_system ? system_kind(field(low, 40, 4))
                           : segment_kind(low);
    d.dpl = (unsigned)field(low, 45, 2);
    d.base = field(low, 16, 24) | field(low, 56, 8) << 24;
    if (d.is_system)
        d.base |= field(high, 0, 32) << 32;
    d.limit = field(low, 0, 16) | field(low, 48, 4) << 16;
    if (low & G)
        d.limit = d.limit << 12 | 0xfff;
    return d;
}

struct gate_fields descriptor_decode_gate(uint64_t low, uint64_t high)
{
    struct gate_fields gate = {
        .present = (low & P) != 0,
        .selector = (uint16_t)field(low, 16, 16),
        .ist = (unsigned)field(low, 32, 3),
        .dpl = (unsigned)field(low, 45, 2),
        .offset = field(low, 0, 16) | field(low, 48, 16) << 16 | field(high, 0, 32) << 32,
    };

    gate.kind = gate.present ? system_kind(field(low, 40, 4)) : "not present";
    return gate;
}
