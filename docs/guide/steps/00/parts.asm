; parts.asm - one register, four names
        bits    16
        org     0x7c00
start:
        mov     eax, 0x11223344
        mov     al, 0x55
        mov     ah, 0x66
        mov     ax, 0
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
