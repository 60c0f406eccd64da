; compare.asm - takes one of two ways
        bits    16
        org     0x7c00
start:
        mov     eax, 0
        mov     al, 7
        cmp     al, 9                   ; computes 7 - 9 for its flags
        jb      below                   ; taken: 7 is below 9
        mov     ah, 1
below:
        cmp     al, 7
        jne     stop                    ; not taken: they are equal
        mov     ah, 2
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
