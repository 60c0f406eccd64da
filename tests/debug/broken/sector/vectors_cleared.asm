; vectors_cleared.asm - memory is cleared from 0 on: with it the BIOS's interrupt vectors
; cause: interrupt vectors?.*overwritten
; try: 500h
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        xor     di, di
        mov     cx, 0x600
        rep     stosw
        mov     ax, 0x0e41
        int     0x10
.halt:  hlt
        jmp     .halt
%include "sector.inc"
