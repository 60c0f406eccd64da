; first.asm - the smallest thing that a PC BIOS starts: it does nothing, forever
        bits    16
        org     0x7c00                          ; where the BIOS puts us

start:
        jmp     start                           ; nothing to go back to: stay here

        times   510-($-$$) db 0                 ; fill up to byte 510
        dw      0xaa55                          ; bytes 510 and 511 are 55h AAh
