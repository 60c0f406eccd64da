; gate_selector.asm - the gates name selector 8; Firstlight's code segment is 28h
; cause: gate.*selector 0?0?0?8h
; try: 28h
bits 64
org 0x100000
%define GATE_SELECTOR 0x08
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
