; a20.asm - turns the gate's bit over
%include "link.inc"
        bits    16
        org     0
        in      al, 0x92
        xor     al, 2
        out     0x92, al
        clc
        retf
