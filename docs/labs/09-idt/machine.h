/*
 * machine.h - the machine in which lab 9's exceptions occur: machine.c makes it, carrier.c lets
 * them happen.
 */
#ifndef LAB_MACHINE_H
#define LAB_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "idt.h"
#include "layout.h"

/* Selectors: none of them is the one that Firstlight's loader or its kernel has for code. */
#define SELECTOR_DATA 0x08
#define SELECTOR_NOT_PRESENT 0x10
#define SELECTOR_CODE 0x18
#define SELECTOR_USER_DATA (0x20 | 3)
#define SELECTOR_USER_CODE (0x28 | 3)
#define SELECTOR_TASK 0x30
#define GDT_ENTRIES 8 /* so a selector from 40h on is beyond the limit */

#define IST_NMI 1
#define IST_DOUBLE_FAULT 2
#define IST_MACHINE_CHECK 3

/* Addresses with page tables of ours: each page has other rights. */
#define AREA 0x0000008000000000u
#define AREA_USER_CODE AREA /* the kernel's first page, which has `places` */
#define AREA_READ_ONLY (AREA + 1 * 0x1000u)
#define AREA_NO_EXECUTE (AREA + 2 * 0x1000u) /* and not for the user */
#define AREA_ON_DEMAND \
    (AREA + 3 * 0x1000u) /* two pages that are there when map_on_demand() is called */
#define AREA_ON_DEMAND_END (AREA + 5 * 0x1000u)

/* What happens, in the order of `places` in entry.asm and of PROBES in checks.mjs. */
enum probe {
    INT3,
    INT3_LOW,
    INT3_LONG,
    READ_ABSENT,
    WRITE_READ_ONLY,
    FETCH_ABSENT,
    FETCH_DATA,
    USER_READ,
    USER_WRITE,
    MENDED,
    NESTED,
    DIVIDE,
    UNDEFINED,
    SEGMENT,
    SELECTOR,
    STACK,
    LAST_VECTOR,
    TIMER,
    DOUBLE_FAULT,
    PROBES
};

#define PLACE_BYTES 16
#define RESUME_OFFSET (PLACE_BYTES / 2)

struct registers {
    uint64_t general[15]; /* as in struct interrupt_frame: RAX to R15 without RSP */
    uint64_t rsp, rflags;
};

/* ---- entry.asm */
extern const uint8_t places[PROBES][PLACE_BYTES];
extern const struct registers after; /* what the last enter_probe() left */
void enter_probe(const struct interrupt_frame *probe);
void watched_install(const uint8_t *ist);

/* ---- carrier.c, which entry.asm calls */
void carrier_main(void);
bool carrier_handle(struct interrupt_frame *frame);
void carrier_report(struct interrupt_frame *frame, const char *text);

/* ---- machine.c */
extern const uint8_t ist_of[VECTORS];

/* GDT, TSS, page tables, and the timer's line at vector 20h, masked. */
void machine_start(void);

/* Maps the page with this address of the area. */
void map_on_demand(uint64_t address);

/* One interrupt of the timer, about 50 us from now. */
void timer_begin(void);
void timer_end(void);

#endif
