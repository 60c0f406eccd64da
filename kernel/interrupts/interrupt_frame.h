/*
 * interrupt_frame.h - the registers of interrupted code.
 *
 * The last five are pushed by the CPU, the error code by the CPU or the stub,
 * the others by the stub (interrupt_stubs.asm).  panic_entry.asm fills one for
 * the code that panics.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_INTERRUPT_FRAME_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_INTERRUPT_FRAME_H

#include <stddef.h>
#include <stdint.h>

struct interrupt_frame {
    uint64_t rax, rbx, rcx, rdx, rsi, rdi, rbp;
    uint64_t r8, r9, r10, r11, r12, r13, r14, r15;
    uint64_t vector;
    uint64_t error_code; /* 0 for a vector without one */
    uint64_t rip;
    uint64_t cs;
    uint64_t rflags;
    uint64_t rsp;
    uint64_t ss;
};

_Static_assert(offsetof(struct interrupt_frame, rax) == 0, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, rbp) == 6 * 8, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, r15) == 14 * 8, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, vector) == 15 * 8, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, error_code) == 16 * 8, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, rip) == 17 * 8, "interrupt_frame.inc");
_Static_assert(offsetof(struct interrupt_frame, ss) == 21 * 8, "interrupt_frame.inc");
_Static_assert(sizeof(struct interrupt_frame) == 22 * 8, "interrupt_frame.inc");
_Static_assert(sizeof(struct interrupt_frame) % 16 == 0,
               "the stubs push whole frames: RSP must stay aligned for C");

#endif
