; a20.asm - believes the BIOS; port 92h only if it fails
%include "link.inc"
        bits    16
        org     0
        mov     ax, 0x2401
        int     0x15
        jnc     .end
        in      al, 0x92
        or      al, 2
        and     al, 0xfe
        out     0x92, al
        clc
.end:
        retf
