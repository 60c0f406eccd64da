; swapped.asm - the two bytes of the signature the wrong way round: no BIOS starts it
        bits    16
        org     0x7c00

start:
        jmp     start

        times   510-($-$$) db 0
        dw      0x55aa                          ; in memory: AAh 55h
