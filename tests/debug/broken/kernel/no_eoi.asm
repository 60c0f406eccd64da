; no_eoi.asm - the handler never tells the PIC that it is done: there is one tick, and no second
; cause: end of interrupt|EOI
; try: 20h
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
        push    rdx
        PRINT   '.'
        pop     rdx
        pop     rax
        iretq
        IDT
