; boot.asm - function and character are in each other's register
        bits    16
        org     0x7c00

        xor     bx, bx
        mov     al, 0x0e
        mov     ah, 'A'
        int     0x10
        jmp     $

        times   510-($-$$) db 0
        dw      0xaa55

