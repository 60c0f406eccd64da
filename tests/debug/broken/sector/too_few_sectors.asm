; too_few_sectors.asm - stage 2 grew to three sectors; the count in AL still says one
; cause: only 1 sector
; try: AL|count
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     bx, 0x8000
        mov     ax, 0x0201
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jc      failed
        jmp     0x8000
failed: cli
        hlt
%include "sector.inc"
stage2: mov     cx, 300
.count: loop    .count
        jmp     more
        times   700 db 0x90
more:   mov     ax, 0x0e32
        int     0x10
.halt:  cli
        hlt
        times   2048 - ($ - $$) db 0
