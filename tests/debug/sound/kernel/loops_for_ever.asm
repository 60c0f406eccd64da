; loops_for_ever.asm - for (;;); after the greeting
bits 64
org 0x100000
        mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
        jmp     $
