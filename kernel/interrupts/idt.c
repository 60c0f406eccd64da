/*
 * idt.c - builds and loads the interrupt descriptor table.
 *
 * kernel_main calls idt_start() right after gdt_start(): without an IDT any
 * fault becomes a triple fault, which resets the machine silently.  Gates:
 * Intel SDM 3A, 6.14.1.
 */
#include "kernel/interrupts/idt.h"

#include <stdint.h>

#include "layout.h"
#include "kernel/cpu/gdt.h"
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/interrupts/nmi.h"
#include "kernel/panic/panic.h"
#include "lib/cpu.h"
#include "lib/cpuid.h"

#define CR4_MCE (1u << 6)

#define GATE_INTERRUPT 0x8e /* present, ring 0, 64-bit interrupt gate: clears IF */

struct gate {
    uint16_t offset_0_15;
    uint16_t selector;
    uint8_t ist; /* index in the TSS's interrupt stack table; 0: the current stack */
    uint8_t type;
    uint16_t offset_16_31;
    uint32_t offset_32_63;
    uint32_t reserved;
};

_Static_assert(sizeof(struct gate) == 16, "the CPU's format");

/* interrupt_stubs.asm: what the gates point to, and where handlers return to. */
extern const uint8_t interrupt_stubs[VECTORS][INTERRUPT_STUB_SIZE];
extern const uint8_t interrupt_return[];

static struct gate idt[VECTORS];

static struct gate interrupt_gate(uint8_t vector)
{
    uint64_t stub = (uint64_t)interrupt_stubs[vector];

    return (struct gate){
        .offset_0_15 = (uint16_t)stub,
        .offset_16_31 = (uint16_t)(stub >> 16),
        .offset_32_63 = (uint32_t)(stub >> 32),
        .selector = SELECTOR_CODE,
        .ist = stack_ist_of(vector),
        .type = GATE_INTERRUPT,
    };
}

/* Without CR4.MCE a machine check shuts the CPU down silently. */
static void enable_machine_checks(void)
{
    if (cpuid(CPUID_FEATURES).edx & CPUID_FEATURES_EDX_MCE)
        write_cr4(read_cr4() | CR4_MCE);
}

void idt_start(void)
{
    for (unsigned vector = 0; vector < VECTORS; vector++)
        idt[vector] = interrupt_gate((uint8_t)vector);
    load_idt(idt, sizeof idt - 1);
    enable_machine_checks();
    nmi_unmask(); /* the loader masked NMIs, because it has no handler for them */
    panic_trace_interrupts((uint64_t)interrupt_return);
}
