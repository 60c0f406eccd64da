; ss_not_reloaded.asm - a GDT of its own that keeps CS at 28h; SS still holds the loader's 10h, which is not a segment there
; cause: SS with 10h.*not a stack segment
; try: load SS
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        lgdt    [gdt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
tick:   push    rax
        OUTB    0x20, 0x20
        pop     rax
        iretq
gdt_pointer:
        dw      gdt.end - gdt - 1
        dq      gdt
        align   8
gdt:    dq      0, 0, 0, 0, 0, 0x00209a0000000000
.end:
        IDT
