; flag_in_another_file.asm - what a compiler makes of while (!flag) if the flag is not volatile: one test, then a jump
; cause: tested once.*changed since
; try: volatile
bits 64
org 0x100000
%include "kernel.inc"
        cli
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
        cmp     dword [rel flag], 0
        jne     .on
.loop:  jmp     .loop
.on:    PRINT   '!'
.halt:  cli
        hlt
        jmp     .halt
tick:   push    rax
        push    rdx
        PRINT   '.'
        mov     dword [rel flag], 1
        OUTB    0x20, 0x20
        pop     rdx
        pop     rax
        iretq
flag:   dd      0
IDT
