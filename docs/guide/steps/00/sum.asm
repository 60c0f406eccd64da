; sum.asm - adds up the bytes of a row
        bits    16
        org     0x7c00
start:
        mov     eax, 0
        mov     ebx, 0
        mov     ecx, 0
        mov     bx, row
        mov     cx, 4
next:
        add     al, [bx]
        inc     bx
        loop    next                    ; CX - 1; again unless that is 0
        jmp     stop
row:
        db      1, 2, 3, 4
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
