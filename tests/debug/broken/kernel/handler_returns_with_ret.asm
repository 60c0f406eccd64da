; handler_returns_with_ret.asm - an interrupt handler as an ordinary function: it ends with RET
; cause: handler.*(RET|IRET)
; try: IRETQ
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
        ret
        IDT
