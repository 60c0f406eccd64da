/*
 * entry_state.h - every register as the loader left it (entry.asm saves them).
 */
#ifndef PROTOCOL_ENTRY_STATE_H
#define PROTOCOL_ENTRY_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The general registers by their numbers in an instruction. */
enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, GENERAL_REGISTERS = 16 };

struct table_register {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

struct entry_state {
    uint64_t general[GENERAL_REGISTERS];
    uint64_t rip, rflags;
    uint64_t cr0, cr3, cr4, efer;
    uint64_t fs_base, gs_base;
    uint16_t cs, ss, ds, es, fs, gs, ldtr;
    struct table_register gdt, idt;
} __attribute__((packed));

_Static_assert(offsetof(struct entry_state, rip) == 128, "entry.asm");
_Static_assert(offsetof(struct entry_state, cs) == 192, "entry.asm");
_Static_assert(offsetof(struct entry_state, gdt) == 206, "entry.asm");

/* Hidden: addressed relative to the code, not by a table of addresses that nothing relocates. */
#pragma GCC visibility push(hidden)
extern struct entry_state entry_state;
extern bool entry_bss_is_dirty;

/* From the linker script: the first byte, the end of the file, the end of .bss. */
extern uint8_t protocol_start[], file_end[], memory_end[];
#pragma GCC visibility pop

#endif
