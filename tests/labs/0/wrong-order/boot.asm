; boot.asm - copies before the addition
        bits    16
        org     0x7c00
start:
        mov     ax, 0x12f0
        mov     dx, ax
        add     al, 0x20
stop:
        hlt
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      0x1210
        dw      0xaa55
