/*
 * idt.c - builds and loads the interrupt descriptor table.
 *
 * kernel_main calls idt_start() before anything else: without an IDT the
 * smallest fault is a triple fault, and the machine resets without a word.
 * Gates: Intel SDM 3A, 6.14.1.
 */
#include "kernel/cpu/idt.h"

#include <stdint.h>

#include "kernel/cpu/exceptions.h"
#include "kernel/cpu/registers.h"
#include "lib/port.h"

#define CMOS_INDEX 0x70
#define CMOS_DATA 0x71
#define CMOS_NMI_OFF 0x80

#define GATE_INTERRUPT 0x8e /* present, ring 0, 64-bit interrupt gate: clears IF */

struct gate {
    uint16_t offset_0_15;
    uint16_t selector;
    uint8_t ist; /* 0: the handler runs on the interrupted code's stack */
    uint8_t type;
    uint16_t offset_16_31;
    uint32_t offset_32_63;
    uint32_t reserved;
};

_Static_assert(sizeof(struct gate) == 16, "the CPU's format");

static struct gate idt[EXCEPTIONS];

static struct gate interrupt_gate(uint64_t handler)
{
    return (struct gate){
        .offset_0_15 = (uint16_t)handler,
        .offset_16_31 = (uint16_t)(handler >> 16),
        .offset_32_63 = (uint32_t)(handler >> 32),
        .selector = read_cs(),
        .type = GATE_INTERRUPT,
    };
}

/* The loader closed the mask, because there was nobody to answer.  Now there is. */
static void let_nmis_in(void)
{
    outb(CMOS_INDEX, inb(CMOS_INDEX) & (uint8_t)~CMOS_NMI_OFF);
    inb(CMOS_DATA); /* some clock chips get stuck without an access after the index */
}

void idt_start(void)
{
    for (unsigned vector = 0; vector < EXCEPTIONS; vector++)
        idt[vector] = interrupt_gate((uint64_t)exception_stubs[vector]);
    load_idt(idt, sizeof idt - 1);
    let_nmis_in();
}
