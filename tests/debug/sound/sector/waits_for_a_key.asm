; waits_for_a_key.asm - the BIOS waits in HLT, and the timer wakes it
bits 16
org 0x7c00
start:  xor     ah, ah
        int     0x16
        mov     ah, 0x0e
        int     0x10
        jmp     start
%include "sector.inc"
