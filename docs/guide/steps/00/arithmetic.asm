; arithmetic.asm - counts up, down and past the end
        bits    16
        org     0x7c00
start:
        mov     eax, 0
        mov     al, 250
        add     al, 5
        inc     al                      ; one more than fits
        sub     al, 2                   ; less than zero
        dec     al
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
