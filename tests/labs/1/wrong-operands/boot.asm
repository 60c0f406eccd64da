; boot.asm - the order of operands is AT&T's
        bits    16
        org     0x7c00

        xor     bx, bx
        mov     0x0e, ah
        mov     'A', al
        int     0x10
        jmp     $

        times   510-($-$$) db 0
        dw      0xaa55

