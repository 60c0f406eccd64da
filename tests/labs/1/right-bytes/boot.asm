; boot.asm - writes the character's cell in the screen's memory itself, and stops with interrupts off
        bits    16
        org     0x7c00

        cli
        mov     ax, 0xb800
        mov     es, ax
        mov     word [es:24*160], 0x0f41
        jmp     $

        times   510-($-$$) db 0
        dw      0xaa55

