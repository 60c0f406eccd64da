/*
 * idt.c - lab 9: gates for all vectors, and what they lead to
 *
 * A gate has 16 bytes.  README.md says what is in them, and when to call the kernel's two functions.
 */
#include "idt.h"     /* interrupt_handle, interrupt_report, struct interrupt_frame */
#include "layout.h"  /* VECTORS */
#include "lib/cpu.h" /* read_cr2 */

void on_interrupt(struct interrupt_frame *frame); /* for idt_stubs.asm to call */

void on_interrupt(struct interrupt_frame *frame)
{
    /* 3. interrupt_handle(frame); if it returns false, interrupt_report(frame, ...) */
    /* 4. For vector 14, a sentence of CR2 and the error code */
    (void)frame;
}

void idt_install(const uint8_t *ist)
{
    /* 2. A gate for each vector, and LIDT */
    (void)ist;
}
