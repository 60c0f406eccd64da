; gates_of_8_bytes.asm - an IDT from 32-bit mode: all 256 gates are there, each of 8 bytes
; cause: gates have 8 bytes.*vector 20h
; try: 16 bytes
bits 64
org 0x100000
%include "kernel.inc"
        mov     edi, table
        mov     ecx, 256
.gate:  mov     word [rdi], (other - $$) & 0xffff
        mov     dword [rdi + 2], 0x8e000000 | GATE_SELECTOR
        mov     word [rdi + 6], 0x10
        add     edi, 8
        loop    .gate
        mov     word [table + 0x20 * 8], (tick - $$) & 0xffff
        lidt    [pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
tick:   push    rax
        OUTB    0x20, 0x20
        pop     rax
other:  iretq
pointer:
        dw      256 * 8 - 1
        dq      table
        align   16
table:  times   256 dq 0
