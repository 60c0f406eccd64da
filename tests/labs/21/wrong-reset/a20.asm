; a20.asm - sets both bits of port 92h: bit 0 resets the machine
%include "link.inc"
        bits    16
        org     0
        in      al, 0x92
        or      al, 3
        out     0x92, al
        clc
        retf
