/*
 * idt.c - the kernel's IDT filled by a student's idt_install, and what the kernel does about each vector.
 *
 * ld's --wrap leads kernel_main's call of idt_start() here.  Firstlight's own table is loaded first: it
 * reports an exception in idt_install, and stays if the student's breaks the contract.
 */
#include "kernel/interrupts/idt.h"

#include <stddef.h>

#include "boot_info.h"
#include "docs/labs/09-idt/idt.h"
#include "kernel/console/console.h"
#include "kernel/cpu/gdt.h"
#include "kernel/cpu/registers.h"
#include "kernel/cpu/stacks.h"
#include "kernel/interrupts/internal/fixup.h"
#include "kernel/interrupts/internal/interrupts.h"
#include "kernel/interrupts/vectors.h"
#include "kernel/panic/panic.h"
#include "layout.h"
#include "lib/format.h"
#include "tools/labs/mine/kernel/kernel_link.h"

#define GATE_BYTES 16
#define GATE_INTERRUPT 0x8e

void __wrap_idt_start(void);
void __real_idt_start(void);
void __wrap_console_start(const struct boot_info *info);
void __real_console_start(const struct boot_info *info);

static char complaint[400]; /* for the console, which starts later */

/* ---- the table -------------------------------------------------------------------- */

static bool is_gate(const uint8_t *gate, uint8_t ist)
{
    uint16_t selector = (uint16_t)(gate[2] | gate[3] << 8);

    return selector == SELECTOR_CODE && gate[4] == ist && gate[5] == GATE_INTERRUPT;
}

/* What is wrong with the table that idt_install has loaded; NULL: nothing that can be seen. */
static const char *find_fault(const uint8_t *ist)
{
    struct table_register idtr = read_idtr();

    if (idtr.limit != VECTORS * GATE_BYTES - 1 || idtr.base < KERNEL_BASE)
        return kernel_link_sentence(LINK_IDT,
                                    "loaded IDTR with the limit %04Xh and the base %lXh, so "
                                    "Firstlight's own goes on",
                                    idtr.limit, idtr.base);
    for (unsigned vector = 0; vector < VECTORS; vector++)
        if (!is_gate((const uint8_t *)idtr.base + vector * GATE_BYTES, ist[vector]))
            return kernel_link_sentence(
                LINK_IDT,
                "made a gate of vector %02Xh that is not as it has to be, so "
                "Firstlight's own goes on",
                vector);
    return NULL;
}

void __wrap_idt_start(void)
{
    uint8_t ist[VECTORS];
    const char *fault;
    uint32_t note;

    for (unsigned vector = 0; vector < VECTORS; vector++)
        ist[vector] = stack_ist_of((uint8_t)vector);
    __real_idt_start();
    note = kernel_link_enter(LINK_IDT);
    idt_install(ist);
    kernel_link_leave(note);
    fault = find_fault(ist);
    if (fault == NULL)
        return;
    format_string(complaint, sizeof complaint, "%s", fault);
    __real_idt_start();
}

void __wrap_console_start(const struct boot_info *info)
{
    __real_console_start(info);
    printk("%s", complaint);
}

/* ---- what the student's code calls -------------------------------------------------- */

/* In a copy, because a frame of the student's need not be aligned as C's own. */
static void dispatch(struct interrupt_frame *frame)
{
    struct interrupt_frame copy __attribute__((aligned(16))) = *frame;

    interrupt_dispatch(&copy);
    *frame = copy;
}

/* The kernel can mend a page fault that it expects; what it cannot do about another vector it reports itself. */
bool interrupt_handle(struct interrupt_frame *frame)
{
    if (frame->vector == VECTOR_PAGE_FAULT)
        return fixup_apply(frame);
    dispatch(frame);
    return true;
}

void interrupt_report(struct interrupt_frame *frame, const char *text)
{
    panic_frame(frame, "#PF page fault: %s", text == NULL ? "your sentence is missing" : text);
}
