; a20.asm - a test that leaves its marks in memory
%include "link.inc"
        bits    16
        org     0
start:
        xor     ax, ax
        mov     ds, ax
        dec     ax
        mov     es, ax
        mov     byte [0x500], 0x5a
        mov     byte [es:0x510], 0xa5
        cmp     byte [0x500], 0xa5
        clc
        jne     .end
        in      al, 0x92
        or      al, 2
        and     al, 0xfe
        out     0x92, al
        jmp     start
.end:
        retf
