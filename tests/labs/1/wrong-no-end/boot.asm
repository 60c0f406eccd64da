; boot.asm - nothing stops the CPU after the letter
        bits    16
        org     0x7c00

        xor     bx, bx
        mov     ax, 0x0e41
        int     0x10

        times   510-($-$$) db 0
        dw      0xaa55

