; read_error_ignored.asm - sectors count from 1: the read fails, CF says so, nobody asks
; cause: disk read failed.*(carry|CF)
; try: jc
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     bx, 0x8000
        mov     ax, 0x0201
        mov     cx, 0x0000                      ; cylinder 0, sector 0
        mov     dh, 0
        int     0x13
        jmp     0x8000
%include "sector.inc"
        mov     ax, 0x0e32
        int     0x10
        jmp     $
        times   1024 - ($ - $$) db 0
