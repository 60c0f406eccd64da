; a20.asm - knows only the BIOS
%include "link.inc"
        bits    16
        org     0
        mov     ax, 0x2401
        int     0x15
        retf                            ; CF is the BIOS's
