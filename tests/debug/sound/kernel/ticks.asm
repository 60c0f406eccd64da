; ticks.asm - an IDT, a timer, an end of interrupt; the kernel idles in HLT
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
tick:   push    rax
        OUTB    0x20, 0x20
        pop     rax
        iretq
        IDT
