; two_stages.asm - reads stage 2 with retries, and jumps to it
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     [drive], dl
        mov     di, 3
.again: mov     bx, 0x7e00
        mov     ax, 0x0202
        mov     cx, 0x0002
        mov     dh, 0
        mov     dl, [drive]
        int     0x13
        jnc     0x7e00
        xor     ah, ah
        int     0x13
        dec     di
        jnz     .again
        mov     ax, 0x0e45
        int     0x10
.halt:  cli
        hlt
        jmp     .halt
drive:  db      0
%include "sector.inc"
        mov     cx, 3
.print: mov     ax, 0x0e32
        int     0x10
        loop    .print
        call    far_away
.idle:  hlt
        jmp     .idle
        times   1100 - ($ - $$) db 0x90
far_away:
        mov     ax, 0x0e33
        int     0x10
        ret
        times   1536 - ($ - $$) db 0
