// What the parts of the live engine share.
//
// Two kinds of variables: those of the machine (they are part of every snapshot, as all of Bochs
// is) and those of the observer, which are in one block of whole pages that snapshots leave out.

#ifndef LIVE_H
#define LIVE_H

#include "bochs.h"
#include "cpu/cpu.h"
#include "memory/memory-bochs.h"
#include "pc_system.h"
#include <emscripten.h>

enum { PAGE = 4096, LARGEST_MEMORY = 256 << 20 };

// What happened, in the order of the page's table EVENTS (tools/live/page/pc.js).
enum event_kind {
    EVENT_MODE, EVENT_CONTROL, EVENT_INTERRUPT, EVENT_EXCEPTION, EVENT_IRET, EVENT_PORT, EVENT_SERIAL,
    EVENT_OWNER, EVENT_RESET, EVENT_HALT, EVENT_SMM, EVENT_DEAD, EVENT_WAIT, EVENT_MARK, EVENT_BIOS,
    EVENT_BIOS_RETURN
};

enum access_kind { ACCESS_READ, ACCESS_INSTRUCTION, ACCESS_CPU, ACCESS_DEVICE, ACCESS_TABLE };
enum { LOG_STORES = 1, LOG_ALL = 2 };

// Conditions that end a run, or are only remembered.
enum watch {
    WATCH_ADDRESS = 1, WATCH_STORE = 2, WATCH_PORT = 4, WATCH_EVENT = 8, WATCH_REGISTER = 16,
    WATCH_TEXT = 32, WATCH_STACK = 64, WATCH_OUTSIDE = 128
};

enum death { ALIVE, TRIPLE_FAULT, HALTED_FOR_GOOD, POWERED_OFF };

struct event { // 32 bytes
    double count;
    Bit32u kind, a, b, c, d, e;
};

struct access { // 32 bytes; of more than 8 bytes there are several
    double count;
    Bit32u address;
    Bit16u length, kind;
    Bit64u old, linear;                 // the previous value, and the instruction's address
};

// The registers as the page reads them (pc.js names the same places).
enum {
    REG_RIP = 16, REG_RFLAGS, REG_CR0, REG_CR2, REG_CR3, REG_CR4, REG_CR8, REG_EFER,
    REG_GDTR_BASE, REG_GDTR_LIMIT, REG_IDTR_BASE, REG_IDTR_LIMIT,
    REG_SEGMENTS,                       // es cs ss ds fs gs ldtr tr: selector, base, limit, access
    REG_DR0 = REG_SEGMENTS + 32, REG_DR6 = REG_DR0 + 4, REG_DR7, REG_A20, REG_ACTIVITY, REG_TICKS,
    REG_COUNT
};

enum { EVENT_ROOM = 1 << 16, ACCESS_ROOM = 1 << 19, PORTS = 65536, OWNED_PAGES = LARGEST_MEMORY / PAGE };

// Linear addresses: a bitmap of their low 12 bits decides nearly always, a hash table the rest.
enum { SET_SLOTS = 1 << 16 };
struct address_set {
    Bit32u filter[4096 / 32], count;
    Bit64u slots[SET_SLOTS];            // the address + 1; 0: empty
};

struct observer {
    // when to stop
    Bit64u stop_at;                     // a count
    Bit64u pause_at;                    // ticks: a CPU that is halted then or later
    Bit32u watch, stop_on_hit;
    Bit32u hits;
    double last_hit;
    bool hit;                           // during the current instruction

    // the conditions
    struct address_set addresses, marks;
    Bit64u stack_floor;                 // WATCH_STACK: RSP is at it or above
    Bit64u outside[64][2];              // WATCH_OUTSIDE: RIP is in none of these ranges
    Bit32u outside_count;
    Bit32u skip;                        // hits that do not stop yet
    Bit32u store_from, store_to, port, event_mask, watched_register;
    Bit8u text[80];
    Bit32u text_length;
    bool screen_touched;

    // the state at the last instants, to notice changes
    Bit64u registers[REG_COUNT];        // [0..15] compared after each instruction
    Bit64u registers_read[REG_COUNT];   // for the page
    Bit64u changed;                     // bit n: register n has changed since the index was cleared
    Bit32u mode, owner;
    bool smm;
    Bit64u code_page;

    // the index of an interval
    Bit32u memory_pages;
    Bit8u ports_used[PORTS / 8];
    Bit32u port_count, port_list[1024];
    Bit8u dirty[LARGEST_MEMORY / PAGE];
    Bit8u owners[2][OWNED_PAGES];       // by the page of the code: from 0, and from -2 GiB
    Bit8u *written;                     // a bit for each byte of RAM

    // the logs
    Bit32u log_accesses, log_ports, event_count, access_count, full;
    struct event events[EVENT_ROOM];
    struct access accesses[ACCESS_ROOM];

    // of snapshots (snapshot.cc)
    Bit32u *rest, rest_count;           // addresses of the pages that are not the guest's RAM
    Bit8u *shadow;                      // their content when they were last compared
    Bit32u *list;                       // of changed pages
    char text_buffer[256];              // for one instruction's disassembly
    Bit8u bytes[PAGE];                  // for what the page reads or writes
};

extern struct observer *observer;
extern Bit64u live_base;                // instructions before the last reset
extern Bit32u live_death;

extern bool live_delivering;            // the CPU pushes the frame of an interrupt or an exception

static inline Bit64u live_count(void) { return live_base + BX_CPU(0)->icount; }
static inline Bit64u live_next_count(void) { return live_count() + 1; }

static inline Bit32u live_hash(Bit64u linear)
{
    return (Bit32u)(linear * BX_CONST64(0x9e3779b97f4a7c15) >> 48);
}

// The guest's RAM in one piece: live_ready() has each block allocated in order.
extern Bit8u *live_memory;

void live_event(event_kind kind, Bit32u a = 0, Bit32u b = 0, Bit32u c = 0, Bit32u d = 0, Bit32u e = 0);
void live_mark_store(bx_phy_address address, unsigned length);
void live_sync(void);                   // the observer's registers are those of the machine
Bit32u live_mode(void);
void live_read_system_registers(Bit64u *registers);
Bit64u live_peek(bx_phy_address address, unsigned length);
bool live_text_on_screen(const Bit8u *text, unsigned length);

#endif
