; gate_half_an_address.asm - the upper 16 bits of the handler's address were left out of the gate
; cause: gate.*20h.*handler
; try: (offset|address)
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x20, tick
        mov     word [idt + 0x20 * 16 + 6], 0
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
