; boot.asm - the bytes of the number in memory's order
        bits    16
        org     0x7c00
start:
        mov     ax, 0xf012
        add     al, 0x20
        mov     dx, ax
stop:
        hlt
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      0xf032
        dw      0xaa55
