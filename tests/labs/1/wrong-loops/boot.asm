; boot.asm - the loop contains the call that prints
        bits    16
        org     0x7c00

again:
        xor     bx, bx
        mov     ax, 0x0e41
        int     0x10
        jmp     again

        times   510-($-$$) db 0
        dw      0xaa55

