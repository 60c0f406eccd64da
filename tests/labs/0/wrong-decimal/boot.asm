; boot.asm - the prediction is a decimal number
        bits    16
        org     0x7c00
start:
        mov     ax, 0x12f0
        add     al, 0x20
        mov     dx, ax
stop:
        hlt
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      1210
        dw      0xaa55
