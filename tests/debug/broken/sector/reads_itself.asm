; reads_itself.asm - sector 1 of cylinder 0 is the boot sector; stage 2 is sector 2
; cause: the boot sector itself
; try: CL|sector 2
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     bx, 0x8000
        mov     ax, 0x0201
        mov     cx, 0x0001
        mov     dh, 0
        int     0x13
        jc      failed
        jmp     0x8000
failed: cli
        hlt
%include "sector.inc"
        mov     ax, 0x0e32
        int     0x10
.halt:  cli
        hlt
        times   1024 - ($ - $$) db 0
