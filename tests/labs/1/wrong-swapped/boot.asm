; boot.asm - the two last bytes are in the wrong order
        bits    16
        org     0x7c00

        xor     bx, bx
        mov     ax, 0x0e41
        int     0x10
        jmp     $
        times   510-($-$$) db 0
        db      0xaa, 0x55
