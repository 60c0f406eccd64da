; stack_in_code.asm - SP lies above the code, in the same sector: each PUSH overwrites it
; cause: stack.*overwr(ites|ote) (the )?code
; try: SP
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c60
        mov     cx, 40
.fill:  push    cx
        loop    .fill
        mov     ax, 0x0e41
        int     0x10
.halt:  hlt
        jmp     .halt
        times   0x60 - ($ - $$) nop
%include "sector.inc"
