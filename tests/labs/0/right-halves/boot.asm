; boot.asm - the same by other instructions, one half at a time
        bits    16
        org     0x7c00
start:
        cli
        mov     ah, 0x12
        mov     al, 0xf0
        sub     al, 0xe0
        mov     dh, ah
        mov     dl, al
stop:
        hlt
        jmp     stop

        times   508-($-$$) db 0
prediction:
        dw      4624                    ; 1210h
        dw      0xaa55
