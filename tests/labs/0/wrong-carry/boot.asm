; boot.asm - 20h added to all of AX
        bits    16
        org     0x7c00
start:
        mov     ax, 0x12f0
        add     ax, 0x20
        mov     dx, ax
stop:
        hlt
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      0x1310
        dw      0xaa55
