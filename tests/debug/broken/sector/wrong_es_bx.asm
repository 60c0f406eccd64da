; wrong_es_bx.asm - ES = 1000h makes 10000h of offset 0; the jump goes to 1000h
; cause: lies? at 10000h.*jump.* 1000h|1000h.*10000h
; try: ES:BX|segment
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ax, 0x1000
        mov     es, ax
        xor     bx, bx
        mov     ax, 0x0201
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jc      failed
        jmp     0x1000
failed: cli
        hlt
%include "sector.inc"
        mov     ax, 0x0e32
        int     0x10
.halt:  cli
        hlt
        times   1024 - ($ - $$) db 0
