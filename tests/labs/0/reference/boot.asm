; boot.asm - 20h added to the lower half of 12F0h
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
        dw      0x1210
        dw      0xaa55
