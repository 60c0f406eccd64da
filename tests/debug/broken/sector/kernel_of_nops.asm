; kernel_of_nops.asm - 32 sectors of NOPs, read to 6000h, cover the running loader at 7C00h
; cause: read or copied over the running loader
; try: 7C00h
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x6000
        mov     bx, 0x6000
        mov     ax, 0x0220
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jc      failed
        jmp     0x6000
failed: cli
        hlt
%include "sector.inc"
        times   512 * 32 db 0x90
