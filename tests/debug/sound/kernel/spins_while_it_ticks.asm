; spins_while_it_ticks.asm - prints in a loop, then ends in a jump to itself while its timer's handler works
bits 64
org 0x100000
%include "kernel.inc"
        cli
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
        mov     esi, greeting
.next:  lodsb
        test    al, al
        jz      .forever
        mov     dx, COM1
        out     dx, al
        jmp     .next
.forever:
        jmp     .forever
tick:   push    rax
        inc     byte [0xb8000]                  ; a clock in the corner
        OUTB    0x20, 0x20
        pop     rax
        iretq
greeting: db    "The clock runs.", 13, 10, 0
IDT
