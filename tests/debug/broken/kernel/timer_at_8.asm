; timer_at_8.asm - gates for 20h and up, but the PIC still sends the timer to vector 8
; cause: (timer|IRQ 0).*vector 0?8h?.*(remapped|PIC)|PIC.*remapped
; try: remap
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        OUTB    0x21, 0xfe
        sti
.wait:  hlt
        jmp     .wait
tick:   push    rax
        OUTB    0x20, 0x20
        pop     rax
        iretq
        IDT
