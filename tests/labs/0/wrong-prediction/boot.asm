; boot.asm - believes that the carry goes into AH
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
        dw      0x1310
        dw      0xaa55
