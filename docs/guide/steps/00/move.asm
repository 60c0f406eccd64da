; move.asm - puts numbers into registers
        bits    16
        org     0x7c00
start:
        mov     ax, 0x1234
        mov     bx, ax
        mov     ax, 100
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
